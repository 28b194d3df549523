import Text

/// Go's wording of the first problem in a JSON text (`encoding/json`), for builtins whose error texts are compared.
package enum GoJSONProblem {
    /// The message for a text that is not one JSON value, or nil if it is.
    package static func message(for text: UnsafeBufferPointer<UInt8>) -> String? {
        var scanner = Scanner(text: text)
        if let problem = scanner.value(depth: 0) { return problem }
        scanner.skipSpace()
        return scanner.trailing()
    }

    /// The message as `json.Unmarshal` itself words it, since Go 1.26.
    package static func unmarshalMessage(for text: UnsafeBufferPointer<UInt8>) -> String? {
        var scanner = Scanner(text: text, isNew: true)
        if let problem = scanner.value(depth: 0) {
            return problem == "EOF" || problem == "unexpected EOF" ? "unexpected end of JSON input" : problem
        }
        scanner.skipSpace()
        return scanner.current == nil ? nil : scanner.invalid("after top-level value")
    }

    private struct Scanner {
        let text: UnsafeBufferPointer<UInt8>
        /// Whether the words are those of the second version of Go's library, which shows characters and not their first bytes.
        var isNew = false
        var index = 0

        var current: UInt8? { index < text.count ? text[index] : nil }

        mutating func skipSpace() {
            while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
        }

        private mutating func invalid(_ place: String, escapedAt start: Int) -> String {
            guard isNew else { return invalid(place) }
            index = start
            return invalidEscape()
        }

        func invalid(_ place: String) -> String {
            guard let byte = current else { return "unexpected end of JSON input" }
            let shown: String
            switch byte {
            case UInt8(ascii: "'"): shown = #"'\''"#
            case UInt8(ascii: "\""): shown = "'\"'"
            default:
                // Go shows the byte as a rune of its own.
                let quoted = isNew ? GoText.quoted(character) : GoText.quoted(String(Unicode.Scalar(byte)))
                shown = "'" + quoted.dropFirst().dropLast() + "'"
            }
            return "invalid character \(shown) \(place)"
        }

        /// The bytes of the character at the place; one alone that begins none.
        private var character: [UInt8] {
            let rest = text[index...]
            let whole = (1...4).lazy.map { rest.prefix($0) }.first { String(validating: $0, as: UTF8.self) != nil }
            return Array(whole ?? rest.prefix(1))
        }

        /// `invalid escape sequence `\x` in string`, of the escape that begins at the place.
        private func invalidEscape() -> String {
            let isLong = text[index...].dropFirst().first == UInt8(ascii: "u")
            let bytes = Array(text[index...].prefix(isLong ? 6 : 2))
            let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "`") }
            let shown = isPlain ? "`\(String(decoding: bytes, as: UTF8.self))`" : GoText.quoted(bytes)
            return "invalid escape sequence \(shown) in string"
        }

        /// The problem with what follows the value: OPA shows the next token.
        mutating func trailing() -> String? {
            guard let byte = current else { return nil }
            let start = index
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                let isString = byte == UInt8(ascii: "\"")
                if let problem = isString ? string() : number() { return problem }
                let token = isString ? text[(start + 1)..<(index - 1)] : text[start..<index]
                return "error: invalid character '\(String(decoding: token, as: UTF8.self))' after top-level value"
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                return "error: invalid character '\(Unicode.Scalar(byte))' after top-level value"
            case UInt8(ascii: "t"):
                return literal("true") ?? "error: invalid character '%!s(bool=true)' after top-level value"
            case UInt8(ascii: "f"):
                return literal("false") ?? "error: invalid character '%!s(bool=false)' after top-level value"
            case UInt8(ascii: "n"): return literal("null")
            default: return invalid("looking for beginning of value")
            }
        }

        mutating func value(depth: Int) -> String? {
            if depth > 10_000 { return "exceeded max depth" }
            skipSpace()
            guard let byte = current else { return depth == 0 ? "EOF" : "unexpected EOF" }
            switch byte {
            case UInt8(ascii: "{"): return object(depth)
            case UInt8(ascii: "["): return array(depth)
            case UInt8(ascii: "\""): return string()
            case UInt8(ascii: "t"): return literal("true")
            case UInt8(ascii: "f"): return literal("false")
            case UInt8(ascii: "n"): return literal("null")
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
            default: return invalid("looking for beginning of value")
            }
        }

        private mutating func object(_ depth: Int) -> String? {
            index += 1
            skipSpace()
            if current == UInt8(ascii: "}") {
                index += 1
                return nil
            }
            while true {
                skipSpace()
                guard current == UInt8(ascii: "\"") else { return problem("looking for beginning of object key string") }
                if let problem = string() { return problem }
                skipSpace()
                guard current == UInt8(ascii: ":") else { return problem("after object key") }
                index += 1
                if let problem = value(depth: depth + 1) { return problem }
                skipSpace()
                if current == UInt8(ascii: "}") { break }
                guard current == UInt8(ascii: ",") else { return problem("after object key:value pair") }
                index += 1
            }
            index += 1
            return nil
        }

        private mutating func array(_ depth: Int) -> String? {
            index += 1
            skipSpace()
            if current == UInt8(ascii: "]") {
                index += 1
                return nil
            }
            while true {
                if let problem = value(depth: depth + 1) { return problem }
                skipSpace()
                if current == UInt8(ascii: "]") { break }
                guard current == UInt8(ascii: ",") else { return problem("after array element") }
                index += 1
            }
            index += 1
            return nil
        }

        private func problem(_ place: String) -> String { current == nil ? "unexpected EOF" : invalid(place) }

        private mutating func string() -> String? {
            index += 1
            while let byte = current {
                switch byte {
                case UInt8(ascii: "\""):
                    index += 1
                    return nil
                case UInt8(ascii: "\\"):
                    let start = index
                    index += 1
                    guard let escape = current else { return "unexpected EOF" }
                    if escape == UInt8(ascii: "u") {
                        for _ in 0..<4 {
                            index += 1
                            guard let digit = current else { return "unexpected EOF" }
                            if Hex.value(of: digit) == nil {
                                return invalid("in \\u hexadecimal character escape", escapedAt: start)
                            }
                        }
                    } else if !#""\/bfnrt"#.utf8.contains(escape) {
                        return invalid("in string escape code", escapedAt: start)
                    }
                    index += 1
                case 0..<0x20: return invalid(isNew ? "in string" : "in string literal")
                default: index += 1
                }
            }
            return "unexpected EOF"
        }

        private mutating func literal(_ word: String) -> String? {
            for (offset, letter) in word.utf8.enumerated() {
                if current == nil { return "unexpected EOF" }
                if current != letter {
                    let expected = Unicode.Scalar(letter)
                    return problem("in literal \(word) (expecting '\(expected)')")
                }
                index += 1
                if offset == word.utf8.count - 1 { break }
            }
            return nil
        }

        private mutating func digits() {
            while let byte = current, byte >= 0x30, byte <= 0x39 { index += 1 }
        }

        private mutating func number() -> String? {
            if current == UInt8(ascii: "-") { index += 1 }
            guard let first = current, first >= 0x30, first <= 0x39 else { return problem("in numeric literal") }
            index += 1
            if first != 0x30 { digits() }
            if current == UInt8(ascii: ".") {
                index += 1
                guard let byte = current, byte >= 0x30, byte <= 0x39 else {
                    return problem(isNew ? "in numeric literal" : "after decimal point in numeric literal")
                }
                digits()
            }
            if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
                index += 1
                if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
                guard let byte = current, byte >= 0x30, byte <= 0x39 else {
                    return problem(isNew ? "in numeric literal" : "in exponent of numeric literal")
                }
                digits()
            }
            return nil
        }
    }
}
