/// Replaces single characters of ASCII, and the control characters, in one pass over the bytes of a text. Most texts have
/// none of them and come back as they are.
package struct TextEscapes: Sendable {
    /// What becomes of control characters that have no replacement of their own.
    package enum Controls: Sendable {
        /// `\u{1b}`, also those from U+007F to U+009F; line feeds and tabs stay.
        case shown
        /// U+FFFD, also for U+FFFE and U+FFFF: XML 1.0 cannot hold them. Those from U+007F stay.
        case lost
    }

    /// The replacement of each byte; empty for one that stays or that depends on what follows.
    private var replacements: [[UInt8]]
    /// Whether a byte may be one to replace.
    private var isWatched: [Bool]
    private let controls: Controls

    package init(_ characters: [Unicode.Scalar: String], controls: Controls = .shown) {
        self.controls = controls
        replacements = Array(repeating: [], count: 256)
        isWatched = Array(repeating: false, count: 256)
        for byte in UInt8.min..<0x20 where controls == .lost || byte != 0x09 && byte != 0x0A {
            set(byte, controls == .lost ? Self.lost : Self.shown(byte))
        }
        switch controls {
        case .shown:
            set(0x7F, Self.shown(0x7F))
            isWatched[0xC2] = true
        case .lost: isWatched[0xEF] = true
        }
        for (scalar, text) in characters where scalar.isASCII { set(UInt8(scalar.value), Array(text.utf8)) }
    }

    private mutating func set(_ byte: UInt8, _ text: [UInt8]) {
        replacements[Int(byte)] = text
        isWatched[Int(byte)] = true
    }

    private static let lost = Array("\u{FFFD}".utf8)
    private static func shown(_ byte: UInt8) -> [UInt8] { Array("\\u{\(String(byte, radix: 16))}".utf8) }

    package func escaped(_ text: String) -> String {
        var result: [UInt8] = [], count = 0
        pieces(of: text) { piece in
            count += 1
            // A text in one piece is as it was.
            if count == 1 { result.reserveCapacity(piece.count + piece.count / 4 + 16) }
            result.append(contentsOf: piece)
        }
        return count <= 1 ? text : String(decoding: result, as: UTF8.self)
    }

    /// The text with its replacements, piece by piece; in one, or none when it is empty, when there is nothing to replace.
    package func pieces(of text: String, _ take: (UnsafeBufferPointer<UInt8>) -> Void) {
        var text = text
        text.withUTF8 { bytes in
            var start = 0, index = 0
            while index < bytes.count {
                guard isWatched[Int(bytes[index])], let (length, replacement) = replacement(at: index, in: bytes) else {
                    index += 1
                    continue
                }
                take(UnsafeBufferPointer(rebasing: bytes[start..<index]))
                replacement.withUnsafeBufferPointer(take)
                index += length
                start = index
            }
            if start < bytes.count || start > 0 { take(UnsafeBufferPointer(rebasing: bytes[start...])) }
        }
    }

    private func replacement(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (length: Int, text: [UInt8])? {
        let byte = bytes[index]
        switch (byte, controls) {
        case (0xC2, .shown):
            guard index + 1 < bytes.count, bytes[index + 1] < 0xA0 else { return nil }
            return (2, Self.shown(bytes[index + 1]))
        case (0xEF, .lost):
            guard index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE else { return nil }
            return (3, Self.lost)
        default: return (1, replacements[Int(byte)])
        }
    }
}
