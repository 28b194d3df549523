import Crypto
import CryptoExtras
import GoTemplate
import Helm
import Text
import X509

/// Private keys in the forms that Go writes and reads.
enum PrivateKeys {
    /// A key, its text, and how it signs.
    struct Pair {
        var key: Certificate.PrivateKey
        var pem: String
        var algorithm: Certificate.SignatureAlgorithm
    }

    /// A new RSA key; where nobody uses the result, always the same one.
    static func rsa(bits: Int = 2048, for call: borrowing FunctionCall) throws -> Pair {
        if call.usesKnownKey, let pair = KnownKey.pair { return pair }
        do {
            let key = try _RSA.Signing.PrivateKey(keySize: _RSA.Signing.KeySize(bitCount: bits))
            return Pair(
                key: Certificate.PrivateKey(key), pem: key.pemRepresentation.trimmedLine,
                algorithm: .sha256WithRSAEncryption)
        } catch {
            throw FunctionFailure("error generating rsa key: \(error)")
        }
    }

    /// The text of a new key of a kind (`genPrivateKey`).
    static func pem(_ kind: String, for call: borrowing FunctionCall) throws -> String {
        switch kind {
        case "", "rsa": return try rsa(bits: 4096, for: call).pem
        case "ecdsa":
            // SEC 1: version, private number, curve prime256v1, public point.
            let bytes = Array(P256.Signing.PrivateKey().x963Representation)
            let point = bytes.prefix(65)
            let secret = bytes.suffix(32)
            let der: [UInt8] =
                [0x30, 0x77, 0x02, 0x01, 0x01, 0x04, 0x20] + secret
                + [
                    0xA0, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0xA1, 0x44, 0x03, 0x42,
                    0x00,
                ] + point
            return block("EC PRIVATE KEY", der)
        case "ed25519":
            let secret = Array(Curve25519.Signing.PrivateKey().rawRepresentation)
            let head: [UInt8] = [
                0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
            ]
            return block("PRIVATE KEY", head + secret)
        case "dsa":
            throw FunctionFailure("keys of type dsa cannot be made: no library for them; use rsa, ecdsa or ed25519")
        default: return "Unknown type \(kind)"
        }
    }

    private static func block(_ name: String, _ der: [UInt8]) -> String {
        let text = Base64.text(der)
        let lines = stride(from: 0, to: text.utf8.count, by: 64).map { start in
            String(decoding: Array(text.utf8)[start..<min(start + 64, text.utf8.count)], as: UTF8.self)
        }
        return "-----BEGIN \(name)-----\n" + lines.joined(separator: "\n") + "\n-----END \(name)-----\n"
    }

    /// Reads a key.
    static func read(_ pem: String) throws -> Pair {
        guard pem.contains("-----BEGIN ") else { throw FunctionFailure("no PEM data in input") }
        do {
            let key = try Certificate.PrivateKey(pemEncoded: pem)
            if pem.contains("BEGIN RSA") || (try? _RSA.Signing.PrivateKey(pemRepresentation: pem)) != nil {
                return Pair(key: key, pem: pem, algorithm: .sha256WithRSAEncryption)
            }
            if (try? P256.Signing.PrivateKey(pemRepresentation: pem)) != nil {
                return Pair(key: key, pem: pem, algorithm: .ecdsaWithSHA256)
            }
            if (try? P384.Signing.PrivateKey(pemRepresentation: pem)) != nil {
                return Pair(key: key, pem: pem, algorithm: .ecdsaWithSHA384)
            }
            if (try? P521.Signing.PrivateKey(pemRepresentation: pem)) != nil {
                return Pair(key: key, pem: pem, algorithm: .ecdsaWithSHA512)
            }
            return Pair(key: key, pem: pem, algorithm: .ed25519)
        } catch {
            throw FunctionFailure("parsing private key: \(error)")
        }
    }
}

extension String {
    /// The text with one line break at its end.
    var trimmedLine: String {
        var text = self[...]
        while text.hasSuffix("\n") { text = text.dropLast() }
        return text + "\n"
    }
}
