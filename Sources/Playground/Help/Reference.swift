/// A reference that is being written or pointed at: `input.spec.containers[_].na`.
struct Reference {
    /// One step: a name, or nil for any element (`[_]`, `[i]`, `[0]`).
    typealias Step = String?

    var head: String
    var steps: [Step]
    /// Offsets of the whole reference and of its last name.
    var start: Int
    var lastStart: Int
    /// Where each step's name or key stands.
    var places: [Range<Int>] = []
    var end: Int
    /// Whether nothing but a head stands there.
    var isBare: Bool { steps.isEmpty }

    /// The names with dots, when all steps are names.
    var dotted: String? {
        var text = head
        for step in steps {
            guard let step else { return nil }
            text += "." + step
        }
        return text
    }

    /// The reference that ends at `offset` of a text; the last name may be empty behind a dot.
    init?(in text: [UInt8], endingAt offset: Int) {
        var start = offset
        while start > 0 {
            let byte = text[start - 1]
            if Self.isName(byte) || byte == UInt8(ascii: ".") {
                start -= 1
            } else if byte == UInt8(ascii: "]"), let open = Self.openBracket(of: start - 1, in: text) {
                start = open
            } else {
                break
            }
        }
        self.init(in: text, from: start, to: offset)
    }

    /// The reference that a text starts with at `start`.
    init?(in text: [UInt8], startingAt start: Int) {
        var end = start
        while end < text.count {
            if Self.isName(text[end]) || text[end] == UInt8(ascii: ".") {
                end += 1
            } else if text[end] == UInt8(ascii: "["), end > start, let close = text[end...].firstIndex(of: UInt8(ascii: "]")) {
                end = close + 1
            } else {
                break
            }
        }
        self.init(in: text, from: start, to: end)
    }

    private init?(in text: [UInt8], from start: Int, to end: Int) {
        guard start < end, !(0x30...0x39).contains(text[start]), text[start] != UInt8(ascii: ".") else { return nil }
        var index = start
        func name() -> String {
            let from = index
            while index < end, Self.isName(text[index]) { index += 1 }
            return String(decoding: text[from..<index], as: UTF8.self)
        }
        let head = name()
        var steps: [Step] = [], lastStart = start, places: [Range<Int>] = []
        while index < end {
            if text[index] == UInt8(ascii: ".") {
                index += 1
                lastStart = index
                steps.append(name())
                places.append(lastStart..<index)
            } else if text[index] == UInt8(ascii: "["), let close = text[index..<end].firstIndex(of: UInt8(ascii: "]")) {
                lastStart = index
                steps.append(Self.key(text[(index + 1)..<close]))
                index = close + 1
                places.append(lastStart..<index)
            } else {
                return nil
            }
        }
        if head.isEmpty { return nil }
        (self.head, self.steps, self.start, self.lastStart, self.end) = (head, steps, start, lastStart, end)
        self.places = places
    }

    /// The text of a constant key; nil for variables and numbers.
    private static func key(_ bytes: ArraySlice<UInt8>) -> Step {
        guard bytes.count >= 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") else { return nil }
        return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
    }

    private static func openBracket(of close: Int, in text: [UInt8]) -> Int? {
        var depth = 0, index = close
        while index >= 0, close - index < 200, text[index] != 0x0A {
            if text[index] == UInt8(ascii: "]") { depth += 1 }
            if text[index] == UInt8(ascii: "[") {
                depth -= 1
                if depth == 0 {
                    return index > 0 && (isName(text[index - 1]) || text[index - 1] == UInt8(ascii: "]")) ? index : nil
                }
            }
            index -= 1
        }
        return nil
    }

    static func isName(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
            || byte >= 0x80
    }
}
