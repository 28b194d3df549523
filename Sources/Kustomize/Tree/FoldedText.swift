/// What a folded scalar (`>`) is after go-yaml v3 has written and read it again: where a line is followed by one that
/// is indented more, a line break is added. Results of kustomize show it, since it does that before it prints.
enum FoldedText {
    static func afterTrip(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard isWrittenFolded(bytes) else { return text }
        let doubles = doublesBreaks(bytes)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 8)
        var index = 0
        var lineStartsBlank = true
        while index < bytes.count {
            if bytes[index] != 0x0A {
                lineStartsBlank = isBlank(bytes[index])
                while index < bytes.count, bytes[index] != 0x0A {
                    result.append(bytes[index])
                    index += 1
                }
                continue
            }
            let start = index
            while index < bytes.count, bytes[index] == 0x0A { index += 1 }
            let isAtStart = start == 0
            let written = index - start + (!isAtStart && !lineStartsBlank && doubles ? 1 : 0)
            append(
                written, of: index - start, isAtStart, lineStartsBlank, next: index < bytes.count ? bytes[index] : nil,
                to: &result)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Adds the line breaks that a reader makes of those written between two lines.
    private static func append(
        _ written: Int, of count: Int, _ isAtStart: Bool, _ lineStartsBlank: Bool, next: UInt8?,
        to result: inout [UInt8]
    ) {
        guard let next else {
            // At the end one break is kept as one, more are kept as they are written.
            result += [UInt8](repeating: 0x0A, count: count == 1 ? 1 : written)
            return
        }
        if isAtStart || lineStartsBlank || isBlank(next) {
            result += [UInt8](repeating: 0x0A, count: written)
        } else if written == 1 {
            result.append(0x20)
        } else {
            result += [UInt8](repeating: 0x0A, count: written - 1)
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Whether the writer keeps the style: not for an empty text, a line that ends in a space, or
    /// special characters.
    private static func isWrittenFolded(_ bytes: [UInt8]) -> Bool {
        guard let last = bytes.last, last != 0x20 else { return false }
        for index in bytes.indices.dropLast() where bytes[index] == 0x20 && bytes[index + 1] == 0x0A { return false }
        return !bytes.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0x7F }
    }

    /// The writer looks at the start of the text where it should look at the next line.
    private static func doublesBreaks(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first(where: { $0 != 0x0A }) else { return false }
        return !isBlank(first)
    }
}
