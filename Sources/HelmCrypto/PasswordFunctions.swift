import CCrypt
import Crypto
import CryptoExtras
import GoTemplate
import Helm
import Text

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Password hashes and ciphers (sprig's `crypto.go`).
enum PasswordFunctions {
    static let all: [TemplateFunction] = [
        TemplateFunction("bcrypt", [.string]) { .string(bcrypt($0[0].asBytes ?? [], $0)) },
        TemplateFunction("htpasswd", [.string, .string]) { call in
            let user = call.text(0)
            if user.contains(":") { return .string("invalid username: \(user)") }
            return .string(user + ":" + bcrypt(call[1].asBytes ?? [], call))
        },
        TemplateFunction("derivePassword", [.any, .string, .string, .string, .string]) { call in
            .string(
                try derivedPassword(
                    counter: UInt32(truncatingIfNeeded: call.int(0)), type: call.text(1),
                    password: call[2].asBytes ?? [], user: call[3].asBytes ?? [], site: call[4].asBytes ?? []))
        },
        TemplateFunction("encryptAES", [.string, .string]) { call in
            let plain = call[1].asBytes ?? []
            if plain.isEmpty { return .string("") }
            let iv = call.randomBytes(16)
            let cipher = try refusing { try AES._CBC.encrypt(plain, using: key(call[0]), iv: AES._CBC.IV(ivBytes: iv)) }
            return .string(Base64.text(iv + Array(cipher)))
        },
        TemplateFunction("decryptAES", [.string, .string]) { call in
            if call.text(1).isEmpty { return .string("") }
            guard let bytes = try? Base64.decode(call[1].asBytes ?? []), bytes.count >= 32, bytes.count % 16 == 0 else {
                throw FunctionFailure("the encrypted text is damaged")
            }
            return .text(
                try refusing {
                    try AES._CBC.decrypt(bytes[16...], using: key(call[0]), iv: AES._CBC.IV(ivBytes: bytes[..<16]))
                })
        },
    ]

    private static func refusing<Result>(_ work: () throws -> Result) throws -> Result {
        do { return try work() } catch { throw FunctionFailure("\(error)") }
    }

    /// The password cut or filled with zeros to 32 bytes.
    private static func key(_ password: GoValue) -> SymmetricKey {
        let bytes = (password.asBytes ?? []).prefix(32)
        return SymmetricKey(data: bytes + [UInt8](repeating: 0, count: 32 - bytes.count))
    }

    // MARK: bcrypt

    /// Go's default cost.
    private static let cost = 10

    private static func bcrypt(_ password: [UInt8], _ call: borrowing FunctionCall) -> String {
        if password.count > 72 {
            return "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes"
        }
        if password.contains(0) { return "failed to encrypt string with bcrypt: the password has a zero byte" }
        let alphabet = Array("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        var bits = call.randomBytes(16).flatMap { byte in (0..<8).map { byte >> UInt8(7 - $0) & 1 } }
        bits += [0, 0, 0, 0]
        let salt = stride(from: 0, to: bits.count, by: 6).map { start in
            alphabet[bits[start..<start + 6].reduce(0) { $0 << 1 | Int($1) }]
        }
        let setting = "$2a$\(cost)$" + String(decoding: salt, as: UTF8.self)
        let state = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        defer { state.deallocate() }
        memset(state, 0, MemoryLayout<crypt_data>.size)
        let text = (password + [0]).map { CChar(bitPattern: $0) }
        guard let hash = crypt_r(text, setting, state), hash[0] == CChar(UInt8(ascii: "$")) else {
            return "failed to encrypt string with bcrypt: the C library has no bcrypt"
        }
        return String(cString: hash)
    }

    // MARK: Derived passwords

    private static let classes: [UInt8: String] = [
        UInt8(ascii: "V"): "AEIOU", UInt8(ascii: "C"): "BCDFGHJKLMNPQRSTVWXYZ", UInt8(ascii: "v"): "aeiou",
        UInt8(ascii: "c"): "bcdfghjklmnpqrstvwxyz", UInt8(ascii: "A"): "AEIOUBCDFGHJKLMNPQRSTVWXYZ",
        UInt8(ascii: "a"): "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz", UInt8(ascii: "n"): "0123456789",
        UInt8(ascii: "o"): "@&%?,=[]_:-+*$#!'^~;()/.",
        UInt8(ascii: "x"): "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    ]

    /// The shapes of passwords by the name of the kind (the Master Password algorithm).
    private static let shapes: [String: [String]] = [
        "maximum": ["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"],
        "long": [
            "CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv", "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc", "CvcvCvcvnoCvcc", "CvcvCvcvCvccno",
            "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno", "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno",
            "CvccnoCvcvCvcc", "CvccCvcvnoCvcc", "CvccCvcvCvccno",
        ],
        "medium": ["CvcnoCvc", "CvcCvcno"], "short": ["Cvcn"], "basic": ["aaanaaan", "aannaaan", "aaannaaa"],
        "pin": ["nnnn"],
    ]

    private static func derivedPassword(
        counter: UInt32, type: String, password: [UInt8], user: [UInt8], site: [UInt8]
    ) throws -> String {
        guard let shapes = shapes[type] else { return "cannot find password template \(type)" }
        func number(_ value: UInt32) -> [UInt8] {
            (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * $0)) }
        }
        let scope = Array("com.lyndir.masterpassword".utf8)
        let salt = scope + number(UInt32(user.count)) + user
        let key = try refusing {
            try KDF.Scrypt.deriveKey(
                from: password, salt: salt, outputByteCount: 64, rounds: 32768, blockSize: 8, parallelism: 2
            )
        }
        let message = scope + number(UInt32(site.count)) + site + number(counter)
        let seed = Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
        let shape = Array(shapes[Int(seed[0]) % shapes.count].utf8)
        return String(
            decoding: shape.enumerated().map { index, kind in
                let characters = Array(classes[kind, default: "x"].utf8)
                return characters[Int(seed[index + 1]) % characters.count]
            }, as: UTF8.self)
    }
}
