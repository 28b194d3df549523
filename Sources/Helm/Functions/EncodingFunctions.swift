import GoTemplate

/// Base64, base32 and checksums without keys.
enum EncodingFunctions {
    static let all: [TemplateFunction] = [
        function("b64enc", [.string]) { .string(base64($0[0].asBytes ?? [])) },
        function("b64dec", [.string]) { call in
            do throws(BadByte) {
                return .text(try decoded64(call[0].asBytes ?? []))
            } catch {
                return .string("illegal base64 data at input byte \(error.offset)")
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

    struct BadByte: Error { var offset: Int }

    private static let alphabet64 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let alphabet32 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    private static let pad = UInt8(ascii: "=")

    static func base64(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let word = part.enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << UInt32(16 - 8 * $1.offset) }
            for place in 0..<4 {
                output.append(place <= part.count ? alphabet64[Int(word >> UInt32(18 - 6 * place) & 63)] : pad)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// `base64.StdEncoding.DecodeString`: line breaks are skipped, padding must be right.
    static func decoded64(_ bytes: [UInt8]) throws(BadByte) -> [UInt8] {
        try decoded(bytes, alphabet64, bits: 6, group: 4)
    }

    private static func decoded32(_ bytes: [UInt8]) throws(BadByte) -> [UInt8] {
        try decoded(bytes, alphabet32, bits: 5, group: 8)
    }

    private static func decoded(_ bytes: [UInt8], _ alphabet: [UInt8], bits: Int, group: Int) throws(BadByte) -> [UInt8] {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        let text = bytes.enumerated().filter { $0.element != 0x0A && $0.element != 0x0D }
        var output: [UInt8] = []
        var word: UInt64 = 0
        var count = 0
        var index = 0
        while index < text.count {
            let byte = text[index].element
            if byte == pad {
                let isRoom = bits == 6 ? count >= 2 : [2, 4, 5, 7].contains(count)
                guard isRoom else { throw BadByte(offset: text[index].offset) }
                let missing = group - count
                for place in 0..<missing {
                    guard index + place < text.count else { throw BadByte(offset: bytes.count) }
                    guard text[index + place].element == pad else { throw BadByte(offset: text[index + place].offset) }
                }
                if index + missing < text.count { throw BadByte(offset: text[index + missing].offset) }
                flush(word, count, bits, &output)
                return output
            }
            guard values[Int(byte)] != 255 else { throw BadByte(offset: text[index].offset) }
            word = word << UInt64(bits) | UInt64(values[Int(byte)])
            count += 1
            if count == group {
                flush(word, count, bits, &output)
                (word, count) = (0, 0)
            }
            index += 1
        }
        if count > 0 { throw BadByte(offset: bytes.count - (bits == 6 ? count : 0)) }
        return output
    }

    private static func flush(_ word: UInt64, _ count: Int, _ bits: Int, _ output: inout [UInt8]) {
        let total = count * bits
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
