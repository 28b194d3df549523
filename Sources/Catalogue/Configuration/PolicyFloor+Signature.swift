package import Diagnostics
import Inputs
import RegoCrypto

extension PolicyFloor {
    private static let longest = 1 << 20

    /// The floor in a file, and what is wrong with it. A floor that is not signed by the key it must be signed by is an error,
    /// and nothing of it is used.
    /// - Parameter key: a file with a public key in PEM; the signature stands beside the floor, in a file with `.sig` behind
    ///   its name. Nil for a floor that needs no signature.
    package static func read(
        _ path: String, signedBy key: String?, policies: [Policy]
    ) -> (floor: PolicyFloor?, problems: [Diagnostic]) {
        let source: SourceFile
        do {
            source = SourceFile(path: path, bytes: try FileSystem.read(path, limit: longest))
            if let key {
                let signature = try FileSystem.read(path + ".sig", limit: 1 << 16)
                let pem = String(decoding: try FileSystem.read(key, limit: 1 << 16), as: UTF8.self)
                do throws(DetachedSignature.Problem) {
                    guard try DetachedSignature.isValid(signature, of: source.bytes, key: pem) else {
                        return (nil, [problem("\(path).sig is not the signature of \(path) by the key in \(key)")])
                    }
                } catch { return (nil, [problem("\(key): \(error.message)")]) }
            }
        } catch { return (nil, [Diagnostic(reading: error)]) }
        let (configuration, found) = ConfigurationReader.read(source, policies: policies)
        return (PolicyFloor(configuration, policies: policies), found)
    }

    private static func problem(_ message: String) -> Diagnostic { Diagnostic(code: "policy_floor_signature", message: message) }
}
