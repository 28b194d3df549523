import Crypto
import Documents
import FoundationEssentials
import RegoRuntime
import Text

extension RegoCrypto {
    /// Digests and message authentication codes (OPA policy reference, "Crypto").
    static let digests: [Builtin] = [
        digest("crypto.md5", help: "(text) The MD5 digest of the text, in hexadecimal; not for security.") {
            Insecure.MD5.hash(data: $0).map { $0 }
        },
        digest("crypto.sha1", help: "(text) The SHA-1 digest of the text, in hexadecimal; not for security.") {
            Insecure.SHA1.hash(data: $0).map { $0 }
        },
        digest("crypto.sha256", help: "(text) The SHA-256 digest of the text, in hexadecimal.") {
            SHA256.hash(data: $0).map { $0 }
        },
        code("crypto.hmac.md5", help: "(text, key) The keyed MD5 digest of the text, in hexadecimal.") {
            HMAC<Insecure.MD5>.authenticationCode(for: $0, using: $1).map { $0 }
        },
        code("crypto.hmac.sha1", help: "(text, key) The keyed SHA-1 digest of the text, in hexadecimal.") {
            HMAC<Insecure.SHA1>.authenticationCode(for: $0, using: $1).map { $0 }
        },
        code("crypto.hmac.sha256", help: "(text, key) The keyed SHA-256 digest of the text, in hexadecimal.") {
            HMAC<SHA256>.authenticationCode(for: $0, using: $1).map { $0 }
        },
        code("crypto.hmac.sha512", help: "(text, key) The keyed SHA-512 digest of the text, in hexadecimal.") {
            HMAC<SHA512>.authenticationCode(for: $0, using: $1).map { $0 }
        },
        Builtin(
            "crypto.hmac.equal",
            help: "(x, y) Whether two message digests are equal, in a time that does not tell where they differ.", .string,
            .string, returns: .boolean
        ) { call in
            guard let left = call.stringOperand(0), let right = call.stringOperand(1) else { return .undefined }
            // Every byte is looked at, wherever the first difference is.
            let difference = zip(left.utf8, right.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
            return .bool(left.count == right.count && difference == 0)
        },
    ]

    private static func digest(_ name: String, help: String, _ hash: @escaping @Sendable ([UInt8]) -> [UInt8]) -> Builtin {
        Builtin(name, help: help, .string, returns: .string) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            return call.arena.string(Hex.encode(hash(Array(text.utf8))))
        }
    }

    private static func code(
        _ name: String, help: String, _ hash: @escaping @Sendable ([UInt8], SymmetricKey) -> [UInt8]
    ) -> Builtin {
        Builtin(name, help: help, .string, .string, returns: .string) { call in
            guard let message = call.stringOperand(0), let key = call.stringOperand(1) else { return .undefined }
            return call.arena.string(Hex.encode(hash(Array(message.utf8), SymmetricKey(data: Array(key.utf8)))))
        }
    }
}
