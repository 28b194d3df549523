/// Base64 as Go's `encoding/base64` reads and writes it (RFC 4648): line breaks are skipped, padding is required.
package enum Base64 {
    /// Which two characters stand for 62 and 63.
    package enum Alphabet: Sendable {
        case standard, url
    }

    /// A byte that is out of place.
    package struct CorruptInput: Error {
        package var offset: Int
        /// The problem in Go's words.
        package var message: String { "illegal base64 data at input byte \(offset)" }
    }

    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    private static let standard = letters + Array("+/".utf8)
    private static let url = letters + Array("-_".utf8)

    /// The bytes of the text for the bytes.
    package static func encode(
        _ bytes: some Collection<UInt8>, alphabet: Alphabet = .standard, padded: Bool = true
    ) -> [UInt8] {
        let characters = alphabet == .standard ? standard : url
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count + 2) / 3 * 4)
        var buffer: UInt32 = 0, pending = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            pending += 1
            if pending == 3 {
                for shift in [18, 12, 6, 0] as [UInt32] { output.append(characters[Int(buffer >> shift & 63)]) }
                (buffer, pending) = (0, 0)
            }
        }
        if pending > 0 {
            buffer <<= UInt32(8 * (3 - pending))
            for index in 0...pending { output.append(characters[Int(buffer >> UInt32(18 - 6 * index) & 63)]) }
            if padded { output.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - pending)) }
        }
        return output
    }

    /// The padded text for the bytes, as a string.
    package static func text(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: encode(bytes), as: UTF8.self)
    }

    /// The bytes that padded text stands for.
    package static func decode(
        _ text: some Collection<UInt8>, alphabet: Alphabet = .standard
    ) throws(CorruptInput) -> [UInt8] {
        let text = Array(text)
        var output: [UInt8] = []
        output.reserveCapacity(text.count / 4 * 3)
        var group: UInt32 = 0, digits = 0, index = 0
        func skipLineBreaks() { while index < text.count, isLineBreak(text[index]) { index += 1 } }
        while true {
            skipLineBreaks()
            guard index < text.count else {
                if digits > 0 { throw CorruptInput(offset: index - digits) }
                return output
            }
            let byte = text[index]
            index += 1
            if let digit = digit(byte, alphabet) {
                group = group << 6 | UInt32(digit)
                digits += 1
                if digits == 4 {
                    for shift in [16, 8, 0] as [UInt32] { output.append(UInt8(truncatingIfNeeded: group >> shift)) }
                    (group, digits) = (0, 0)
                }
                continue
            }
            guard byte == UInt8(ascii: "="), digits >= 2 else { throw CorruptInput(offset: index - 1) }
            if digits == 2 {
                skipLineBreaks()
                if index == text.count { throw CorruptInput(offset: text.count) }
                if text[index] != UInt8(ascii: "=") { throw CorruptInput(offset: index - 1) }
                index += 1
            }
            skipLineBreaks()
            if index < text.count { throw CorruptInput(offset: index) }
            group <<= UInt32(6 * (4 - digits))
            output.append(UInt8(truncatingIfNeeded: group >> 16))
            if digits == 3 { output.append(UInt8(truncatingIfNeeded: group >> 8)) }
            return output
        }
    }

    /// The bytes that URL-safe text stands for; padding may be missing (RFC 7515, appendix C).
    package static func decodeURL(_ text: some Collection<UInt8>) throws(CorruptInput) -> [UInt8] {
        var padded = Array(text)
        if padded.last != UInt8(ascii: "=") {
            padded.append(contentsOf: repeatElement(UInt8(ascii: "="), count: (4 - padded.count % 4) % 4))
        }
        return try decode(padded, alphabet: .url)
    }

    private static func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private static func digit(_ byte: UInt8, _ alphabet: Alphabet) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte + 4
        case UInt8(ascii: "+"): alphabet == .standard ? 62 : nil
        case UInt8(ascii: "/"): alphabet == .standard ? 63 : nil
        case UInt8(ascii: "-"): alphabet == .url ? 62 : nil
        case UInt8(ascii: "_"): alphabet == .url ? 63 : nil
        default: nil
        }
    }
}
