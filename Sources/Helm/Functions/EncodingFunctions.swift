import GoTemplate
import Text

/// Base64, base32 and checksums without keys.
enum EncodingFunctions {
    static let all: [TemplateFunction] = [
        function("b64enc", [.string]) { .string(Base64.text($0[0].asBytes ?? [])) },
        function("b64dec", [.string]) { call in
            do throws(Base64.CorruptInput) {
                return .text(try Base64.decode(call[0].asBytes ?? []))
            } catch {
                return .string(error.message)
            }
        },
        function("b32enc", [.string]) { .string(base32($0[0].asBytes ?? [])) },
        function("b32dec", [.string]) { call in
            do throws(BadByte) {
                return .text(try decoded32(call[0].asBytes ?? []))
            } catch {
                return .string("illegal base32 data at input byte \(error.offset)")
            }
        },
        function("adler32sum", [.string]) { .string(String(adler32($0[0].asBytes ?? []))) },
    ]

    private struct BadByte: Error { var offset: Int }

    private static let alphabet32 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    private static let pad = UInt8(ascii: "=")

    /// `base32.StdEncoding.DecodeString`: line breaks are skipped, padding must be right.
    private static func decoded32(_ bytes: [UInt8]) throws(BadByte) -> [UInt8] {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, byte) in alphabet32.enumerated() { values[Int(byte)] = UInt8(value) }
        let text = bytes.enumerated().filter { $0.element != 0x0A && $0.element != 0x0D }
        var output: [UInt8] = []
        var word: UInt64 = 0
        var count = 0
        for (index, (offset, byte)) in text.enumerated() {
            if byte == pad {
                guard [2, 4, 5, 7].contains(count) else { throw BadByte(offset: offset) }
                let missing = 8 - count
                for place in 0..<missing {
                    guard index + place < text.count else { throw BadByte(offset: bytes.count) }
                    guard text[index + place].element == pad else { throw BadByte(offset: text[index + place].offset) }
                }
                if index + missing < text.count { throw BadByte(offset: text[index + missing].offset) }
                flush(word, count, &output)
                return output
            }
            guard values[Int(byte)] != 255 else { throw BadByte(offset: offset) }
            word = word << 5 | UInt64(values[Int(byte)])
            count += 1
            if count == 8 {
                flush(word, count, &output)
                (word, count) = (0, 0)
            }
        }
        if count > 0 { throw BadByte(offset: bytes.count) }
        return output
    }

    /// Appends the whole bytes of `count` letters.
    private static func flush(_ word: UInt64, _ count: Int, _ output: inout [UInt8]) {
        let total = count * 5
        for place in 0..<(total / 8) {
            output.append(UInt8(truncatingIfNeeded: word >> UInt64(total - 8 * (place + 1))))
        }
    }

    private static func base32(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 5) {
            let part = bytes[start..<min(start + 5, bytes.count)]
            let word = part.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64(32 - 8 * $1.offset) }
            let letters = (part.count * 8 + 4) / 5
            for place in 0..<8 {
                output.append(place < letters ? alphabet32[Int(word >> UInt64(35 - 5 * place) & 31)] : pad)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func adler32(_ bytes: [UInt8]) -> UInt32 {
        var a: UInt32 = 1
        var b: UInt32 = 0
        for byte in bytes {
            a = (a + UInt32(byte)) % 65521
            b = (b + a) % 65521
        }
        return b << 16 | a
    }
}
