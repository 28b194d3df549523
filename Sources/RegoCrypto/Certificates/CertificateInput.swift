import RegoRuntime
import Text

/// Why the text of a certificate or key cannot be read.
struct InputProblem: Error {
    var message: String
}

/// Certificates and keys as policies hand them over: PEM, or Base64 of PEM or DER.
enum CertificateInput {
    static func certificates(_ text: String) throws(InputProblem) -> [Certificate] {
        let der = try bytes(text, block: "CERTIFICATE")
        do {
            return try Certificate.all(der)
        } catch { throw InputProblem(message: "x509: malformed certificate") }
    }

    /// The DER bytes of all blocks of the given type.
    static func bytes(_ text: String, block type: String) throws(InputProblem) -> [UInt8] {
        if text.hasPrefix("-----BEGIN") { return try pem(text, type) }
        let decoded: [UInt8]
        do { decoded = try Base64.decode(text.utf8) } catch { throw InputProblem(message: error.message) }
        if decoded.starts(with: "-----BEGIN".utf8) { return try pem(String(decoding: decoded, as: UTF8.self), type) }
        return decoded
    }

    private static func pem(_ text: String, _ type: String) throws(InputProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        for block in PEMBlock.all(text) {
            guard block.type == type else {
                throw InputProblem(message: "PEM block type is '\(block.type)', expected \(type)")
            }
            bytes += block.bytes
        }
        return bytes
    }

    /// The DER bytes of a request for a certificate; what begins like no request in PEM is Base64.
    static func request(_ text: String) throws(InputProblem) -> [UInt8] {
        let type = "CERTIFICATE REQUEST"
        var bytes = Array(text.utf8)
        if !text.hasPrefix("-----BEGIN \(type)-----") {
            do { bytes = try Base64.decode(text.utf8) } catch { throw InputProblem(message: error.message) }
        }
        var rest = bytes[...]
        guard let block = PEMBlock.next(&rest) else { return bytes }
        guard block.type == type else { throw InputProblem(message: "invalid PEM-encoded certificate signing request") }
        return block.bytes
    }

    static func checkBase64(_ text: String) throws(InputProblem) {
        do { _ = try Base64.decode(text.utf8) } catch { throw InputProblem(message: error.message) }
    }

    /// The private keys of a text in PEM, or of PEM in Base64; blocks of other types are passed over.
    static func privateKeys(_ text: String) throws(InputProblem) -> [PrivateKey] {
        let decoded = (try? Base64.decode(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
        var keys: [PrivateKey] = []
        for block in PEMBlock.all(decoded ?? text) where PrivateKey.blockTypes.contains(block.type) {
            guard let key = try? PrivateKey(block) else {
                throw InputProblem(message: "asn1: structure error: the private key is malformed")
            }
            keys.append(key)
        }
        return keys
    }
}
