/// Scalars that go-yaml writes otherwise than libyaml does: texts that begin with a byte order mark, of which it escapes every
/// character, and texts that end with a line or paragraph separator, after which it writes no blanks.
enum YAMLOtherScalars {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The scalar with its quotes; nil where libyaml writes the same.
    static func text(of text: Bytes) -> [UInt8]? {
        guard text.count >= 3, let last = text.last, text[0] == 0xEF || last == 0xA8 || last == 0xA9 else { return nil }
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { return escaped(text) }
        return isSeparator(text.suffix(3)) ? quoted(text) : nil
    }

    /// What stands for a scalar until the document ends.
    static func mark(_ number: Int) -> String { "\u{E000}\(number)\u{E001}" }

    /// Puts the scalars where their marks stand, which come in order.
    static func put(_ scalars: [[UInt8]], into output: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [], rest = output[...]
        for (number, scalar) in scalars.enumerated() {
            guard let place = rest.firstRange(of: Array(mark(number).utf8)) else { continue }
            result += rest[..<place.lowerBound] + scalar
            rest = rest[place.upperBound...]
        }
        return result + rest
    }

    private static func isSeparator(_ bytes: Slice<Bytes>) -> Bool {
        bytes.elementsEqual([0xE2, 0x80, 0xA8]) || bytes.elementsEqual([0xE2, 0x80, 0xA9])
    }

    /// In single quotes; nil for what cannot stand in them or whose lines might be folded.
    private static func quoted(_ text: Bytes) -> [UInt8]? {
        var body = text[...]
        while body.count >= 3, isSeparator(body.suffix(3)) { body = body.dropLast(3) }
        let isPlain = body.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 && $0 != 0xEF && $0 != 0xE2 }
        guard isPlain, body.last != 0x20, body.count < 60 || !body.contains(0x20) else { return nil }
        return [0x27] + text.flatMap { $0 == 0x27 ? [$0, $0] : [$0] } + [0x27]
    }

    private static func escaped(_ text: Bytes) -> [UInt8] {
        let short: [UInt32: Character] = [
            0x00: "0", 0x07: "a", 0x08: "b", 0x09: "t", 0x0A: "n", 0x0B: "v", 0x0C: "f", 0x0D: "r", 0x1B: "e", 0x22: "\"",
            0x5C: "\\", 0x85: "N", 0xA0: "_", 0x2028: "L", 0x2029: "P",
        ]
        var result = "\""
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            result += "\\"
            if let letter = short[scalar.value] {
                result.append(letter)
                continue
            }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            let (letter, width) = scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
            result += letter + String(repeating: "0", count: width - digits.count) + digits
        }
        return Array((result + "\"").utf8)
    }
}
