import GoLibrary

/// A piece of a template as Go's `text/template` splits it.
struct TemplateToken {
    enum Kind {
        case error, end, text, leftDelimiter, rightDelimiter, space
        case assign, declare, pipe, openParenthesis, closeParenthesis, character
        case bool, characterConstant, number, string, rawString
        case field, variable, identifier, dot, keyword
    }

    /// The words that are no names.
    enum Keyword: UInt8 {
        case block, `break`, `continue`, define, `else`, end, `if`, null, range, template, with
    }

    var kind: Kind
    var keyword: Keyword?
    /// Where its text begins, and where it ends. What is wrong with an error's is told by the lexer.
    var position: Int
    var end: Int
}

/// Words of templates by their bytes.
private enum Words {
    /// The bytes of a word of at most eight, as one number.
    static func packed(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

    private static let names: [(word: StaticString, keyword: TemplateToken.Keyword?)] = [
        ("if", .if), ("end", .end), ("else", .else), ("with", .with), ("range", .range), ("define", .define),
        ("template", .template), ("nil", .null), ("block", .block), ("break", .break), ("continue", .continue),
        ("true", nil), ("false", nil),
    ]

    /// By packed text; the words without a keyword are booleans.
    static let all: [(text: UInt64, keyword: TemplateToken.Keyword?)] = names.map { name in
        (packed(UnsafeBufferPointer(start: name.word.utf8Start, count: name.word.utf8CodeUnitCount)), name.keyword)
    }
}

/// Splits a template into tokens; what cannot be split ends them with an error.
struct TemplateLexer {
    private let input: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var start = 0
    private var depth = 0
    private var tokens: [TemplateToken] = []
    /// What is wrong where the tokens end with an error.
    private var problem: String?

    private init(_ input: UnsafeBufferPointer<UInt8>) {
        self.input = input
        tokens.reserveCapacity(input.count / 16 + 8)
    }

    /// The tokens of a template, and what is wrong with it when the last is an error.
    static func tokens(of input: [UInt8]) -> (tokens: [TemplateToken], problem: String?) {
        input.withUnsafeBufferPointer { bytes in
            var lexer = TemplateLexer(bytes)
            lexer.text()
            return (lexer.tokens, lexer.problem)
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }

    /// A byte of the template; 0 behind its end, which no comparison asks for.
    @inline(__always)
    private func byte(_ place: Int) -> UInt8 { place >= 0 && place < input.count ? input[place] : 0 }

    private var current: UInt8 { byte(position) }
    private var isAtEnd: Bool { position >= input.count }
    private var isDone: Bool { problem != nil }

    /// Whether `}}` stands at a place.
    private func closes(_ place: Int) -> Bool {
        byte(place) == UInt8(ascii: "}") && byte(place + 1) == UInt8(ascii: "}")
    }

    /// Whether `-}}` stands at a place.
    private func closesTrimming(_ place: Int) -> Bool { byte(place) == UInt8(ascii: "-") && closes(place + 1) }

    private mutating func emit(_ kind: TemplateToken.Kind, _ keyword: TemplateToken.Keyword? = nil) {
        tokens.append(TemplateToken(kind: kind, keyword: keyword, position: start, end: position))
        start = position
    }

    private mutating func fail(_ message: String) {
        emit(.error)
        problem = message
    }

    // MARK: Text and comments

    /// Where `{{` stands next; nil when it does not any more.
    private func nextAction() -> Int? {
        var place = position
        while place + 1 < input.count {
            if input[place + 1] != UInt8(ascii: "{") {
                place += 2
            } else if input[place] == UInt8(ascii: "{") {
                return place
            } else {
                place += 1
            }
        }
        return nil
    }

    private mutating func text() {
        while !isDone {
            guard let open = nextAction() else { break }
            let trims = byte(open + 2) == UInt8(ascii: "-") && Self.isSpace(byte(open + 3))
            position = open
            while trims, position > start, Self.isSpace(input[position - 1]) { position -= 1 }
            if position > start { emit(.text) }
            (position, start) = (open + 2, open)
            let inner = position + (trims ? 2 : 0)
            if byte(inner) == UInt8(ascii: "/"), byte(inner + 1) == UInt8(ascii: "*") {
                comment(from: inner)
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
        while position < input.count, !(input[position] == UInt8(ascii: "*") && byte(position + 1) == UInt8(ascii: "/")) {
            position += 1
        }
        guard !isAtEnd else { return fail("unclosed comment") }
        position += 2
        guard let trims = rightDelimiter() else { return fail("comment ends before closing delimiter") }
        skipDelimiter(trims)
        start = position
    }

    /// Whether an action ends here, and if so whether it trims the text behind it.
    private func rightDelimiter() -> Bool? {
        if Self.isSpace(current), closesTrimming(position + 1) { return true }
        return closes(position) ? false : nil
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
            if isAtEnd { return fail("unclosed action") }
            if Self.isSpace(current) { space() } else { symbol(current) }
        }
    }

    private mutating func space() {
        while Self.isSpace(current) { position += 1 }
        // The last space may belong to a closing delimiter that trims.
        if closesTrimming(position) { position -= 1 }
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
            while position < input.count, input[position] != byte { position += 1 }
            if isAtEnd { return fail("unterminated raw quoted string") }
            position += 1
            emit(.rawString)
        case UInt8(ascii: "$"): name(.variable)
        case UInt8(ascii: ".") where !isAtEnd && (current < 0x30 || current > 0x39): name(.field)
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
        default: other(byte)
        }
    }

    /// A word, or a character that has no meaning of its own.
    private mutating func other(_ byte: UInt8) {
        position -= 1
        if isNamePart() { return word() }
        if byte >= 0x20, byte < 0x7F {
            position += 1
            return emit(.character)
        }
        fail("unrecognized character in action: \(Self.codePoint(scalar()))")
    }

    private mutating func quoted(_ quote: UInt8, _ kind: TemplateToken.Kind, _ problem: String) {
        while position < input.count, input[position] != 0x0A {
            let byte = input[position]
            position += 1
            if byte == quote { return emit(kind) }
            if byte == UInt8(ascii: "\\") {
                if isAtEnd || current == 0x0A { break }
                position += 1
            }
        }
        fail(problem)
    }

    // MARK: Names

    private func scalar() -> Unicode.Scalar {
        if isAtEnd { return "\u{FFFD}" }
        var end = position
        return UTF8Bytes.scalar(input, at: &end)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
    }

    /// Whether a letter, a digit or an underscore stands here.
    private func isNamePart() -> Bool {
        if current < 0x80 { return Self.isNameByte(current) }
        switch scalar().properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
            return true
        default: return false
        }
    }

    private mutating func skipName() {
        while true {
            while Self.isNameByte(current) { position += 1 }
            guard isNamePart() else { return }
            _ = UTF8Bytes.scalar(input, at: &position)
        }
    }

    private func isAtTerminator() -> Bool {
        if isAtEnd || Self.isSpace(current) { return true }
        switch current {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: ")"), UInt8(ascii: "("):
            return true
        default: return closes(position)
        }
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
        let text = UnsafeBufferPointer(rebasing: input[start..<position])
        guard checkTerminator() else { return }
        guard text.count <= 8 else { return emit(.identifier) }
        let packed = Words.packed(text)
        guard let known = Words.all.first(where: { $0.text == packed }) else { return emit(.identifier) }
        emit(known.keyword == nil ? .bool : .keyword, known.keyword)
    }

    private mutating func number() {
        scanNumber()
        // A complex constant: 1+2i, without spaces.
        if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") {
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

    private func isIn(_ set: StaticString) -> Bool {
        !isAtEnd && UnsafeBufferPointer(start: set.utf8Start, count: set.utf8CodeUnitCount).contains(current)
    }

    private mutating func scanNumber() {
        func accept(_ set: StaticString) -> Bool {
            guard isIn(set) else { return false }
            position += 1
            return true
        }
        func run(_ set: StaticString) { while isIn(set) { position += 1 } }
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
