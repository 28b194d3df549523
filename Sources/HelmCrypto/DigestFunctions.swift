import Crypto
import GoTemplate

/// Checksums.
enum DigestFunctions {
    static let all: [TemplateFunction] = [
        TemplateFunction("sha1sum", [.string]) { .string(hex(Insecure.SHA1.hash(data: $0[0].asBytes ?? []))) },
        TemplateFunction("sha256sum", [.string]) { .string(hex(SHA256.hash(data: $0[0].asBytes ?? []))) },
        TemplateFunction("sha512sum", [.string]) { .string(hex(SHA512.hash(data: $0[0].asBytes ?? []))) },
    ]

    private static func hex(_ digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
