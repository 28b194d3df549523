import GoLibrary

/// A piece of a template as Go's `text/template` splits it.
struct TemplateToken {
    enum Kind {
        case error, end, text, leftDelimiter, rightDelimiter, space
        case assign, declare, pipe, openParenthesis, closeParenthesis, character
        case bool, characterConstant, number, string, rawString
        case field, variable, identifier, dot, keyword
    }

    var kind: Kind
    /// The text of the template, or what is wrong with it.
    var text: ArraySlice<UInt8>
    var position: Int
    var line: Int

    var string: String { String(decoding: text, as: UTF8.self) }

    static let keywords: Set<String> = [
        "block", "break", "continue", "define", "else", "end", "if", "nil", "range", "template", "with",
    ]

    func isKeyword(_ word: String) -> Bool { kind == .keyword && text.elementsEqual(word.utf8) }

    /// The token as messages show it.
    var shown: String {
        switch kind {
        case .end: return "EOF"
        case .error: return string
        case .keyword, .dot: return "<\(string)>"
        default:
            let scalars = string.unicodeScalars
            if text.count <= 10 { return GoText.quoted(string) }
            return GoText.quoted(String(String.UnicodeScalarView(scalars.prefix(10)))) + "..."
        }
    }
}

/// Splits a template into tokens; what cannot be split ends them with an error.
struct TemplateLexer {
    private let input: [UInt8]
    private var position = 0
    private var start = 0
    private var depth = 0
    private(set) var tokens: [TemplateToken] = []
    private var isDone = false
    private var lineBefore = 1
    private var counted = 0

    init(_ input: [UInt8]) {
        self.input = input
        text()
    }

    private static func isSpace(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }

    private var current: UInt8? { position < input.count ? input[position] : nil }

    private func starts(_ text: StaticString, at place: Int? = nil) -> Bool {
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return input[min(place ?? position, input.count)...].starts(with: bytes)
    }

    private mutating func emit(_ kind: TemplateToken.Kind) {
        while counted < start {
            if input[counted] == 0x0A { lineBefore += 1 }
            counted += 1
        }
        tokens.append(TemplateToken(kind: kind, text: input[start..<position], position: start, line: lineBefore))
        start = position
    }

    private mutating func fail(_ message: String) {
        emit(.error)
        tokens[tokens.count - 1].text = Array(message.utf8)[...]
        isDone = true
    }

    // MARK: Text and comments

    private mutating func text() {
        while !isDone {
            var open = position
            while open < input.count, !starts("{{", at: open) { open += 1 }
            guard open < input.count else { break }
            let trims =
                starts("- ", at: open + 2) || starts("-\t", at: open + 2) || starts("-\r", at: open + 2)
                || starts("-\n", at: open + 2)
            position = open
            while trims, position > start, Self.isSpace(input[position - 1]) { position -= 1 }
            if position > start { emit(.text) }
            (position, start) = (open + 2, open)
            if starts("/*", at: position + (trims ? 2 : 0)) {
                comment(from: position + (trims ? 2 : 0))
                continue
            }
            emit(.leftDelimiter)
            position += trims ? 2 : 0
            start = position
            depth = 0
            action()
        }
        if isDone { return }
        position = input.count
        if position > start { emit(.text) }
        emit(.end)
    }

    private mutating func comment(from place: Int) {
        (position, start) = (place + 2, place)
        while position < input.count, !starts("*/") { position += 1 }
        guard position < input.count else { return fail("unclosed comment") }
        position += 2
        guard let trims = rightDelimiter() else { return fail("comment ends before closing delimiter") }
        skipDelimiter(trims)
        start = position
    }

    /// Whether an action ends here, and if so whether it trims the text behind it.
    private func rightDelimiter() -> Bool? {
        if Self.isSpace(current), starts("-}}", at: position + 1) { return true }
        return starts("}}") ? false : nil
    }

    private mutating func skipDelimiter(_ trims: Bool) {
        position += trims ? 4 : 2
        while trims, Self.isSpace(current) { position += 1 }
    }

    // MARK: Actions

    private mutating func action() {
        while !isDone {
            start = position
            if let trims = rightDelimiter() {
                if depth > 0 { return fail("unclosed left paren") }
                position += trims ? 2 : 0
                start = position
                position += 2
                emit(.rightDelimiter)
                while trims, Self.isSpace(current) { position += 1 }
                start = position
                return
            }
            guard let byte = current else { return fail("unclosed action") }
            if Self.isSpace(byte) { space() } else { symbol(byte) }
        }
    }

    private mutating func space() {
        while Self.isSpace(current) { position += 1 }
        // The last space may belong to a closing delimiter that trims.
        if starts("-}}") { position -= 1 }
        if position > start { emit(.space) }
    }

    private mutating func symbol(_ byte: UInt8) {
        position += 1
        switch byte {
        case UInt8(ascii: "="): emit(.assign)
        case UInt8(ascii: ":"):
            guard current == UInt8(ascii: "=") else { return fail("expected :=") }
            position += 1
            emit(.declare)
        case UInt8(ascii: "|"): emit(.pipe)
        case UInt8(ascii: "\""): quoted(byte, .string, "unterminated quoted string")
        case UInt8(ascii: "'"): quoted(byte, .characterConstant, "unterminated character constant")
        case UInt8(ascii: "`"):
            while let next = current, next != byte { position += 1 }
            guard current != nil else { return fail("unterminated raw quoted string") }
            position += 1
            emit(.rawString)
        case UInt8(ascii: "$"): name(.variable)
        case UInt8(ascii: ".") where current.map({ $0 < 0x30 || $0 > 0x39 }) ?? false: name(.field)
        case UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"), 0x30...0x39:
            position -= 1
            number()
        case UInt8(ascii: "("):
            depth += 1
            emit(.openParenthesis)
        case UInt8(ascii: ")"):
            depth -= 1
            if depth < 0 { return fail("unexpected right paren") }
            emit(.closeParenthesis)
        default:
            position -= 1
            if isNamePart() { return word() }
            if byte >= 0x20, byte < 0x7F {
                position += 1
                return emit(.character)
            }
            fail("unrecognized character in action: \(Self.codePoint(scalar()))")
        }
    }

    private mutating func quoted(_ quote: UInt8, _ kind: TemplateToken.Kind, _ problem: String) {
        while let byte = current, byte != 0x0A {
            position += 1
            if byte == quote { return emit(kind) }
            if byte == UInt8(ascii: "\\") {
                guard let next = current, next != 0x0A else { break }
                position += 1
            }
        }
        fail(problem)
    }

    // MARK: Names

    private func scalar() -> Unicode.Scalar { GoText.scalar(input, position)?.0 ?? "\u{FFFD}" }

    /// Whether a letter, a digit or an underscore stands here.
    private func isNamePart() -> Bool {
        guard let byte = current else { return false }
        if byte < 0x80 {
            return byte == 0x5F || byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
        }
        switch scalar().properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
            return true
        default: return false
        }
    }

    private mutating func skipName() {
        while isNamePart() { position += GoText.scalar(input, position)?.1 ?? 1 }
        position = min(position, input.count)
    }

    private func isAtTerminator() -> Bool {
        guard let byte = current else { return true }
        return Self.isSpace(byte) || ".,|:)(".utf8.contains(byte) || starts("}}")
    }

    private mutating func checkTerminator() -> Bool {
        if isAtTerminator() { return true }
        fail("bad character \(Self.codePoint(scalar()))")
        return false
    }

    /// A field or a variable, from behind its first character.
    private mutating func name(_ kind: TemplateToken.Kind) {
        if isAtTerminator() { return emit(kind == .variable ? .variable : .dot) }
        skipName()
        if checkTerminator() { emit(kind) }
    }

    private mutating func word() {
        skipName()
        let word = String(decoding: input[start..<position], as: UTF8.self)
        guard checkTerminator() else { return }
        if TemplateToken.keywords.contains(word) { return emit(.keyword) }
        emit(word == "true" || word == "false" ? .bool : .identifier)
    }

    private mutating func number() {
        scanNumber()
        // A complex constant: 1+2i, without spaces.
        if isIn("+-", current) {
            scanNumber()
            if input[position - 1] == UInt8(ascii: "i") { return emit(.number) }
            return fail("bad number syntax: \(GoText.quoted(String(decoding: input[start..<position], as: UTF8.self)))")
        }
        if isNamePart() {
            position += 1
            return fail("bad number syntax: \(GoText.quoted(String(decoding: input[start..<position], as: UTF8.self)))")
        }
        emit(.number)
    }

    private func isIn(_ set: StaticString, _ byte: UInt8?) -> Bool {
        byte.map { UnsafeBufferPointer(start: set.utf8Start, count: set.utf8CodeUnitCount).contains($0) } ?? false
    }

    private mutating func scanNumber() {
        func accept(_ set: StaticString) -> Bool {
            guard isIn(set, current) else { return false }
            position += 1
            return true
        }
        func run(_ set: StaticString) { while isIn(set, current) { position += 1 } }
        _ = accept("+-")
        var digits: StaticString = "0123456789_"
        var exponent: StaticString = "eE"
        if accept("0") {
            if accept("xX") {
                (digits, exponent) = ("0123456789abcdefABCDEF_", "pP")
            } else if accept("oO") {
                (digits, exponent) = ("01234567_", "")
            } else if accept("bB") {
                (digits, exponent) = ("01_", "")
            }
        }
        run(digits)
        if accept(".") { run(digits) }
        if accept(exponent) {
            _ = accept("+-")
            run("0123456789_")
        }
        _ = accept("i")
    }

    /// `U+007D '}'`, as Go's `%#U` shows characters.
    private static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return GoText.quoted(String(scalar)) == "\"\(scalar)\"" || scalar == "\"" || scalar == "\\"
            ? "\(code) '\(scalar)'" : code
    }
}
