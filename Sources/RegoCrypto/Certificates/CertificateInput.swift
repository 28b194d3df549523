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
            guard block.type == type || type == "CERTIFICATE REQUEST" && block.type == "NEW CERTIFICATE REQUEST" else {
                throw InputProblem(message: "PEM block type should be \(type)")
            }
            bytes += block.bytes
        }
        return bytes
    }

    /// The private keys of a text in the same forms.
    static func privateKeys(_ text: String) throws(InputProblem) -> [PrivateKey] {
        var text = text
        if !text.contains("-----BEGIN") {
            let decoded: [UInt8]
            do { decoded = try Base64.decode(text.utf8) } catch { throw InputProblem(message: error.message) }
            if !decoded.starts(with: "-----BEGIN".utf8) {
                if let key = (try? PrivateKey(pkcs8: decoded)) ?? (try? PrivateKey(pkcs1: decoded)) { return [key] }
                return []
            }
            text = String(decoding: decoded, as: UTF8.self)
        }
        var keys: [PrivateKey] = []
        for block in PEMBlock.all(text) where block.type.hasSuffix("PRIVATE KEY") {
            guard let key = try? PrivateKey(block) else {
                throw InputProblem(message: "failed to parse private key")
            }
            keys.append(key)
        }
        return keys
    }
}
