extension Lexer {
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// How the text of a template string went on.
    enum TemplateText {
        case expression(hasEscape: Bool)
        case end(hasEscape: Bool)
        case problem(String)
    }

    /// Reads a quoted string; the opening quote is behind the position.
    mutating func scanString(_ start: Int) {
        var hasEscape = false
        var problem: String?
        while true {
            switch peek() {
            case UInt8(ascii: "\n"):
                return emitIllegal("non-terminated string", from: start)
            case 0 where position >= bytes.count:
                return emitIllegal("non-terminated string", from: start)
            case UInt8(ascii: "\""):
                position += 1
                if let problem { return emitIllegal(problem, from: start) }
                return emit(.string, from: start, hasEscape: hasEscape)
            case UInt8(ascii: "\\"):
                hasEscape = true
                if !skipEscape(inTemplate: false) { problem = "illegal escape sequence" }
            default:
                position += 1
            }
        }
    }

    /// Reads a raw string; the opening backtick is behind the position.
    mutating func scanRawString(_ start: Int) {
        while position < bytes.count {
            position += 1
            if bytes[position - 1] == UInt8(ascii: "`") { return emit(.rawString, from: start) }
        }
        emitIllegal("non-terminated string", from: start)
    }

    /// Skips text up to and including the closing quote or the brace of an expression.
    mutating func skipTemplateText(isRaw: Bool) -> TemplateText {
        let quote = isRaw ? UInt8(ascii: "`") : UInt8(ascii: "\"")
        var hasEscape = false
        var problem: String?
        while position < bytes.count {
            let byte = bytes[position]
            if byte == quote || byte == UInt8(ascii: "{") {
                position += 1
                if let problem { return .problem(problem) }
                return byte == quote ? .end(hasEscape: hasEscape) : .expression(hasEscape: hasEscape)
            }
            if byte == UInt8(ascii: "\n"), !isRaw { break }
            if byte == UInt8(ascii: "\\"), !isRaw {
                hasEscape = true
                if !skipEscape(inTemplate: true) { problem = "illegal escape sequence" }
            } else if byte == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "{") {
                hasEscape = true
                position += 2
            } else {
                position += 1
            }
        }
        return .problem("non-terminated string")
    }

    /// Skips one JSON escape, or `\{` in templates; false when it is none.
    private mutating func skipEscape(inTemplate: Bool) -> Bool {
        let escaped = peek(1)
        switch escaped {
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
            return true
        case UInt8(ascii: "{") where inTemplate:
            position += 2
            return true
        case UInt8(ascii: "u") where (2..<6).allSatisfy { StringDecoder.hexValue(peek($0)) != nil }:
            position += 6
            return true
        default:
            position += 1
            return false
        }
    }

    /// Finds malformed UTF-8, NUL and stray byte-order marks, which OPA refuses anywhere in a module.
    mutating func checkEncoding() {
        var index = position
        while true {
            index = skipPlainBytes(from: index)
            guard index < bytes.count else { return }
            let (width, message) = scalarProblem(at: index)
            if let message {
                problems.append(LexedText.Problem(message: message, start: UInt32(index), end: UInt32(index + width)))
                return
            }
            index += width
        }
    }

    /// Skips ASCII but NUL, eight bytes at a time.
    private func skipPlainBytes(from start: Int) -> Int {
        var index = start
        let raw = UnsafeRawBufferPointer(bytes)
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard word & 0x8080_8080_8080_8080 == 0, Self.zeroBytes(word) == 0 else { break }
            index += 8
        }
        while index < raw.count, raw[index] != 0, raw[index] < 0x80 { index += 1 }
        return index
    }

    /// The offset of the next line break, or the end; eight bytes at a time.
    func endOfLine(from start: Int) -> Int {
        var index = start
        let raw = UnsafeRawBufferPointer(bytes)
        while index + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard Self.zeroBytes(word ^ 0x0A0A_0A0A_0A0A_0A0A) == 0 else { break }
            index += 8
        }
        while index < raw.count, raw[index] != UInt8(ascii: "\n") { index += 1 }
        return index
    }

    /// Not zero exactly when a byte of the word is.
    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    private func scalarProblem(at index: Int) -> (width: Int, message: String?) {
        let lead = bytes[index]
        if lead == 0 { return (1, "illegal null character") }
        let width = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        let slice = bytes[index..<min(index + width, bytes.count)]
        guard String(validating: slice, as: UTF8.self) != nil, slice.count == width else {
            return (1, "illegal utf-8 character")
        }
        return (width, slice.elementsEqual(Self.byteOrderMark) ? "illegal byte-order mark" : nil)
    }
}
