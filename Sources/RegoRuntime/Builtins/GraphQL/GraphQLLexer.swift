import GoLibrary
import Text

/// Tokens of GraphQL documents (GraphQL specification, section 2.1).
struct GraphQLLexer {
    enum Kind: String {
        case invalid = "<Invalid>", end = "<EOF>", bang = "!", dollar = "$", ampersand = "&", openParen = "("
        case closeParen = ")", spread = "...", colon = ":", equals = "=", at = "@", openBracket = "["
        case closeBracket = "]", openBrace = "{", closeBrace = "}", pipe = "|", name = "Name", int = "Int"
        case float = "Float", string = "String", blockString = "BlockString"
    }

    struct Token {
        var kind: Kind
        var text = ""
        var line: Int
        var column: Int
        /// Why the token is invalid.
        var problem: String?

        /// How messages show it.
        var shown: String { text.isEmpty ? kind.rawValue : "\(kind.rawValue) \(GoText.quoted(text))" }
    }

    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var lineStart = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
        index + offset < scalars.count ? scalars[index + offset] : nil
    }

    private mutating func skipIgnored() {
        while let scalar = peek() {
            switch scalar {
            case " ", "\t", ",", "\u{FEFF}": index += 1
            case "\n", "\r": skipLineBreak()
            case "#": while let next = peek(), next != "\n", next != "\r" { index += 1 }
            default: return
            }
        }
    }

    private mutating func skipLineBreak() {
        index += peek() == "\r" && peek(1) == "\n" ? 2 : 1
        line += 1
        lineStart = index
    }

    private func token(_ kind: Kind, _ text: String = "", at start: Int) -> Token {
        Token(kind: kind, text: text, line: line, column: start - lineStart + 1)
    }

    private func invalid(_ problem: String) -> Token {
        Token(kind: .invalid, line: line, column: index - lineStart + 1, problem: problem)
    }

    mutating func next() -> Token {
        let before = index
        skipIgnored()
        let start = index
        // Each token becomes a node with its members and its place.
        guard let scalar = peek(), WorkMeter.charge(200 &+ start - before) else { return token(.end, at: start) }
        switch scalar {
        case ".":
            guard peek(1) == ".", peek(2) == "." else { break }
            index += 3
            return token(.spread, at: start)
        case "!", "$", "&", "(", ")", ":", "=", "@", "[", "]", "{", "}", "|":
            index += 1
            return token(Kind(rawValue: String(scalar)) ?? .invalid, at: start)
        case "_", "a"..."z", "A"..."Z":
            while let next = peek(), Self.isNamePart(next) { index += 1 }
            return token(.name, text(start), at: start)
        case "-", "0"..."9": return number(start)
        case "\"":
            if peek(1) == "\"", peek(2) == "\"" { return blockString(start) }
            return string(start)
        default: break
        }
        return invalid(
            scalar.value < 0x20
                ? "Cannot contain the invalid character \(GoText.quoted(String(scalar)))"
                : scalar == "'"
                    ? "Unexpected single quote character ('), did you mean to use a double quote (\")?"
                    : "Cannot parse the unexpected character \(GoText.quoted(String(scalar))).")
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "_", "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }

    private func text(_ start: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[start..<index])
        return String(view)
    }

    private func isDigit(_ offset: Int = 0) -> Bool {
        guard let scalar = peek(offset) else { return false }
        return scalar >= "0" && scalar <= "9"
    }

    private mutating func number(_ start: Int) -> Token {
        var isFloat = false
        if peek() == "-" { index += 1 }
        if peek() == "0" {
            index += 1
            if isDigit() { return invalid("Invalid number, unexpected digit after 0: \(GoText.quoted(String(scalars[index]))).") }
        } else if !digits() {
            return badNumber()
        }
        if peek() == "." {
            isFloat = true
            index += 1
            if !digits() { return badNumber() }
        }
        if peek() == "e" || peek() == "E" {
            isFloat = true
            index += 1
            if peek() == "-" || peek() == "+" { index += 1 }
            if !digits() { return badNumber() }
        }
        return token(isFloat ? .float : .int, text(start), at: start)
    }

    private mutating func digits() -> Bool {
        guard isDigit() else { return false }
        while isDigit() { index += 1 }
        return true
    }

    private func badNumber() -> Token {
        let found = peek().map { GoText.quoted(String($0)) } ?? "<EOF>"
        return invalid("Invalid number, expected digit but got: \(found).")
    }

    private mutating func string(_ start: Int) -> Token {
        index += 1
        var content = String.UnicodeScalarView()
        while let scalar = peek() {
            switch scalar {
            case "\"":
                index += 1
                return token(.string, String(content), at: start + 1)  // its text is its place
            case "\n", "\r": return invalid("Unterminated string.")
            case "\\":
                guard let escaped = escape() else {
                    index += 1
                    return invalid("Invalid character escape sequence: \\\(peek().map(String.init) ?? "").")
                }
                content.append(escaped)
            default:
                if scalar.value < 0x20, scalar != "\t" {
                    return invalid("Invalid character within String: \(GoText.quoted(String(scalar))).")
                }
                content.append(scalar)
                index += 1
            }
        }
        return invalid("Unterminated string.")
    }

    private mutating func escape() -> Unicode.Scalar? {
        let plain: [Unicode.Scalar: Unicode.Scalar] = [
            "\"": "\"", "/": "/", "\\": "\\", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
        ]
        guard let letter = peek(1) else { return nil }
        if let scalar = plain[letter] {
            index += 2
            return scalar
        }
        guard letter == "u", index + 6 <= scalars.count,
            let code = UInt32(scalars[(index + 2)..<(index + 6)].map(String.init).joined(), radix: 16)
        else { return nil }
        index += 6
        return Unicode.Scalar(code) ?? "\u{FFFD}"
    }

    private mutating func blockString(_ start: Int) -> Token {
        let (startLine, column) = (line, start - lineStart + 1)
        index += 3
        var content = String.UnicodeScalarView()
        while let scalar = peek() {
            if scalar == "\"", peek(1) == "\"", peek(2) == "\"" {
                index += 3
                return Token(
                    kind: .blockString, text: Self.dedent(String(content)), line: startLine, column: column)
            }
            if scalar == "\\", peek(1) == "\"", peek(2) == "\"", peek(3) == "\"" {
                content.append(contentsOf: "\"\"\"".unicodeScalars)
                index += 4
            } else if scalar == "\n" || scalar == "\r" {
                skipLineBreak()
                content.append("\n")
            } else {
                content.append(scalar)
                index += 1
            }
        }
        return invalid("Unterminated string.")
    }

    /// The text without the indentation that its lines share and without blank lines around it.
    private static func dedent(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
        func indent(_ line: [Unicode.Scalar]) -> Int? { line.firstIndex { $0 != " " && $0 != "\t" } }
        if let common = lines.compactMap(indent).min() {
            for index in lines.indices.dropFirst() { lines[index] = Array(lines[index].dropFirst(common)) }
        }
        let body = lines.drop { indent($0) == nil }
        let kept = body.prefix((body.lastIndex { indent($0) != nil } ?? body.startIndex - 1) + 1 - body.startIndex)
        var view = String.UnicodeScalarView()
        for (offset, line) in kept.enumerated() {
            if offset > 0 { view.append("\n") }
            view.append(contentsOf: line)
        }
        return String(view)
    }
}
