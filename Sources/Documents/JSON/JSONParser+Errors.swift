/// Problems, kept out of the way of the parser's main path.
extension JSONParser {
    /// The character at the cursor, as messages show it.
    @inline(never)
    func shown() -> String {
        if cursor >= count { return "the end of the text" }
        let rest = UnsafeBufferPointer(start: text + cursor, count: min(count - cursor, 4))
        let length = UTF8Scan.sequenceLength(rest, at: 0)
        if length == 0 || rest[0] < 0x20 || rest[0] == 0x7F { return "the byte 0x" + String(rest[0], radix: 16) }
        return "'" + String(decoding: rest[..<length], as: UTF8.self) + "'"
    }

    @inline(never)
    func problem(_ message: String, hint: String? = nil) -> JSONError {
        JSONError(message, at: offset + min(cursor, count), length: cursor < count ? 1 : 0, hint: hint)
    }

    @inline(never)
    func notAValue() -> JSONError {
        let byte = text[cursor]
        if cursor < count, byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
            return problem("expected a value, found \(shown())", hint: "remove the comma before it")
        }
        let start = cursor
        var end = cursor
        while end < count, text[end] | 0x20 >= UInt8(ascii: "a"), text[end] | 0x20 <= UInt8(ascii: "z") { end += 1 }
        if end > start + 1 {
            let bytes = UnsafeBufferPointer(start: text + start, count: min(end - start, 40))
            let word = String(decoding: bytes, as: UTF8.self)
            return JSONError(
                "expected a value, found '\(word)'", at: offset + start, length: end - start,
                hint: "strings are written in double quotes")
        }
        let hint = byte == UInt8(ascii: "'") ? "strings are written in double quotes" : nil
        return problem("expected a value, found \(shown())", hint: hint)
    }

    @inline(never)
    func notAKey() -> JSONError {
        let isClosing = text[cursor] == UInt8(ascii: "}")
        return problem(
            "expected a key in double quotes, found \(shown())", hint: isClosing ? "remove the comma before it" : nil)
    }

    @inline(never)
    func missingSeparator(_ isObject: Bool) -> JSONError {
        let start = frames[frames.count - 1].start
        var error = problem("expected ',' or '\(isObject ? "}" : "]")', found \(shown())")
        error.related = JSONError.Related(
            offset: offset + start, length: 1, message: "the \(isObject ? "object" : "array") starts here")
        return error
    }

    @inline(never)
    func badControlCharacter(at index: Int, stringStart: Int) -> JSONError {
        if index >= count { return unterminatedString(at: stringStart) }
        let digits = String(text[index], radix: 16)
        let code = String(repeating: "0", count: 4 - digits.count) + digits
        var error = JSONError(
            "a string may not contain the control character U+\(code)", at: offset + index,
            hint: "write it as an escape such as \\n or \\u\(code)")
        error.related = JSONError.Related(offset: offset + stringStart, length: 1, message: "the string starts here")
        return error
    }

    @inline(never)
    func unterminatedString(at index: Int) -> JSONError {
        JSONError("the text ends inside a string", at: offset + index, length: index < count ? 1 : 0)
    }

    @inline(never)
    func badNumber(at index: Int, _ message: String) -> JSONError {
        JSONError(message, at: offset + index, length: index < count ? 1 : 0)
    }

    @inline(never)
    func equalKeys(_ first: PositionedEntry, _ second: PositionedEntry) -> JSONError {
        var error = JSONError(
            "the key \"\(second.key.string)\" appears twice in the same object", at: Int(second.keySpan.start),
            length: Int(second.keySpan.end - second.keySpan.start), hint: "remove or rename one of them")
        error.related = JSONError.Related(
            offset: Int(first.keySpan.start), length: Int(first.keySpan.end - first.keySpan.start),
            message: "it is first used here")
        return error
    }
}
