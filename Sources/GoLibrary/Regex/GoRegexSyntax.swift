import CRE2

/// Where the syntax of Go's `regexp` and of RE2's C++ library part ways.
enum GoRegexSyntax {
    /// The pattern in RE2's spelling, or the error that only Go reports. Named groups `(?<name>…)` get RE2's `P`; a
    /// second group of the same name, which RE2 refuses, loses it; `\C` exists only in RE2.
    static func forRE2(_ bytes: UTF8Bytes.Bytes) -> (pattern: [UInt8], problem: String?) {
        guard bytes.contains(where: { $0 == 0x5C || $0 == 0x28 }) else { return (Array(bytes), nil) }
        if bytes.count(where: { $0 == 0x28 }) > 1000, nestingDepth(bytes) > 1000 {
            return ([], "expression nests too deeply: `\(String(decoding: bytes, as: UTF8.self))`")
        }
        var pattern: [UInt8] = []
        var names: Set<[UInt8]> = []
        var index = 0
        var isInClass = false, isQuoted = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x5C, index + 1 < bytes.count {
                let escaped = bytes[index + 1]
                if isQuoted {
                    isQuoted = escaped != UInt8(ascii: "E")
                } else if escaped == UInt8(ascii: "Q") {
                    isQuoted = true
                } else if escaped == UInt8(ascii: "C") {
                    return ([], "invalid escape sequence: `\\C`")
                }
                pattern += [byte, escaped]
                index += 2
                continue
            }
            if !isQuoted, !isInClass, let group = namedGroup(bytes, at: index) {
                let isNew = names.insert(Array(bytes[group.name])).inserted
                pattern += isNew ? Array("(?P<".utf8) + bytes[group.name] + [0x3E] : [0x28]
                index = group.end
                continue
            }
            if !isQuoted, !isInClass, byte == UInt8(ascii: "[") {
                isInClass = true
                pattern.append(byte)
                index += 1
                if index < bytes.count, bytes[index] == UInt8(ascii: "^") {
                    pattern.append(bytes[index])
                    index += 1
                }
                if index < bytes.count, bytes[index] == UInt8(ascii: "]") {
                    pattern.append(bytes[index])
                    index += 1
                }
                continue
            }
            if isInClass, byte == UInt8(ascii: "]") { isInClass = false }
            if isInClass, byte == UInt8(ascii: "["), let close = posixClassEnd(bytes, at: index) {
                pattern += bytes[index..<close]
                index = close
                continue
            }
            pattern.append(byte)
            index += 1
        }
        return (pattern, nil)
    }

    /// How deep parentheses nest, counting also those in classes; Go refuses more than a thousand.
    private static func nestingDepth(_ bytes: UTF8Bytes.Bytes) -> Int {
        var (depth, deepest) = (0, 0)
        for byte in bytes {
            if byte == 0x28 { depth += 1 } else if byte == 0x29 { depth -= 1 }
            deepest = max(deepest, depth)
        }
        return deepest
    }

    /// `(?<name>` or `(?P<name>` at `index`.
    private static func namedGroup(_ bytes: UTF8Bytes.Bytes, at index: Int) -> (name: Range<Int>, end: Int)? {
        guard bytes[index] == 0x28, index + 3 < bytes.count, bytes[index + 1] == 0x3F else { return nil }
        var start = index + 2
        if bytes[start] == UInt8(ascii: "P") { start += 1 }
        guard start < bytes.count, bytes[start] == UInt8(ascii: "<") else { return nil }
        guard let close = bytes[start...].firstIndex(of: UInt8(ascii: ">")), close > start + 1 else { return nil }
        let name = (start + 1)..<close
        let isWord = bytes[name].allSatisfy { byte in
            byte == 0x5F || byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 < 26
        }
        return isWord ? (name, close + 1) : nil
    }

    /// The end of `[:alpha:]` at `index`.
    private static func posixClassEnd(_ bytes: UTF8Bytes.Bytes, at index: Int) -> Int? {
        guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: ":") else { return nil }
        var end = index + 2
        while end + 1 < bytes.count {
            if bytes[end] == UInt8(ascii: ":"), bytes[end + 1] == UInt8(ascii: "]") { return end + 2 }
            end += 1
        }
        return nil
    }

    /// Go's text for RE2's error; nil if the pattern compiled.
    static func problem(of pattern: OpaquePointer, source: [UInt8]) -> String? {
        let code = cre2_error_of(pattern)
        if code == CRE2_OK { return nil }
        var length = 0
        let argument = cre2_error_argument(pattern, &length)
        let bytes = UnsafeRawBufferPointer(start: argument, count: length)
        let part = String(decoding: bytes, as: UTF8.self)
        let whole = String(decoding: source, as: UTF8.self)
        switch code {
        case CRE2_INVALID_ESCAPE: return "invalid escape sequence: `\(part)`"
        case CRE2_INVALID_CHAR_CLASS: return "invalid character class: `\(part)`"
        case CRE2_INVALID_CHAR_RANGE: return "invalid character class range: `\(part)`"
        case CRE2_MISSING_BRACKET: return "missing closing ]: `\(part)`"
        case CRE2_MISSING_PAREN: return "missing closing ): `\(whole)`"
        case CRE2_UNEXPECTED_PAREN: return "unexpected ): `\(whole)`"
        case CRE2_TRAILING_BACKSLASH: return "trailing backslash at end of expression: ``"
        case CRE2_MISSING_REPEAT_ARGUMENT: return "missing argument to repetition operator: `\(part)`"
        case CRE2_INVALID_REPEAT_SIZE: return "invalid repeat count: `\(part)`"
        case CRE2_INVALID_REPEAT_OP: return "invalid nested repetition operator: `\(part)`"
        case CRE2_INVALID_PERL_OP where part == "(?<": return "invalid named capture: `\(namedCapture(in: whole))`"
        case CRE2_INVALID_PERL_OP: return "invalid or unsupported Perl syntax: `\(part)`"
        case CRE2_INVALID_UTF8: return "invalid UTF-8: `\(part)`"
        case CRE2_INVALID_NAMED_CAPTURE: return "invalid named capture: `\(part)`"
        case CRE2_TOO_LARGE: return "expression too large"
        default: return "regexp/syntax: internal error: `\(part)`"
        }
    }

    /// What Go quotes of a group whose name it cannot read: up to the `>` or else all of the rest.
    private static func namedCapture(in pattern: String) -> Substring {
        var start = pattern.utf8.startIndex
        while start < pattern.utf8.endIndex, !pattern.utf8[start...].starts(with: "(?<".utf8) {
            start = pattern.utf8.index(after: start)
        }
        let rest = pattern[start...]
        return rest.utf8.firstIndex(of: UInt8(ascii: ">")).map { rest[...$0] } ?? rest
    }
}
