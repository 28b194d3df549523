import Diagnostics

/// The tokens of a text, its comments, and what is wrong with them.
struct LexedText {
    /// A problem of an `.illegal` token, or of the encoding.
    struct Problem {
        var message: String
        var start: UInt32
        var end: UInt32
    }

    var tokens: ContiguousArray<Token>
    var comments: ContiguousArray<Location> = []
    var problems: [Problem] = []

    init(_ bytes: [UInt8]) {
        var comments: ContiguousArray<Location> = []
        var problems: [Problem] = []
        // Every token but the last has a byte of its own, so the buffer cannot overflow; untouched pages cost nothing.
        tokens = ContiguousArray(unsafeUninitializedCapacity: bytes.count + 1) { buffer, count in
            bytes.withUnsafeBufferPointer { bytes in
                var lexer = Lexer(bytes: bytes, tokens: buffer)
                lexer.run()
                comments = lexer.comments
                problems = lexer.problems
                count = lexer.tokenCount
            }
        }
        self.comments = comments
        self.problems = problems
    }
}

/// Splits UTF-8 text into tokens in one pass.
///
/// Which words are keywords depends on imports, so every word that can be one gets its keyword kind
/// and the parser decides. Text between the expressions of a template string is tokens too:
/// the lexer remembers at which brace depth each template continues.
///
/// Both buffers are lent by `LexedText`; every read is behind a check of the position.
struct Lexer {
    let bytes: UnsafeBufferPointer<UInt8>
    let tokens: UnsafeMutableBufferPointer<Token>
    var tokenCount = 0
    var position = 0
    var comments: ContiguousArray<Location> = []
    var problems: [LexedText.Problem] = []

    private var spaceBefore = false
    private var newlineBefore = false
    /// Open template strings: whether each is raw, and how many braces are open in its expression.
    private var templates: [(isRaw: Bool, braces: Int)] = []
    private let keywords = KeywordTable.shared

    init(bytes: UnsafeBufferPointer<UInt8>, tokens: UnsafeMutableBufferPointer<Token>) {
        self.bytes = bytes
        self.tokens = tokens
    }

    /// The byte at an offset from the position; 0 past the end.
    @inline(__always)
    func peek(_ offset: Int = 0) -> UInt8 {
        let index = position + offset
        return index < bytes.count ? bytes[index] : 0
    }

    /// Reads the whole text.
    mutating func run() {
        if bytes.starts(with: Self.byteOrderMark) { position = 3 }
        checkEncoding()
        while skipTrivia() { scanToken() }
        emit(.endOfFile, from: bytes.count)
    }

    @inline(__always)
    mutating func emit(_ kind: TokenKind, from start: Int, hasEscape: Bool = false) {
        tokens.initializeElement(
            at: tokenCount,
            to: Token(
                kind: kind, spaceBefore: spaceBefore, newlineBefore: newlineBefore, hasEscape: hasEscape,
                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: position)))
        tokenCount += 1
        spaceBefore = false
        newlineBefore = false
    }

    mutating func emitIllegal(_ message: String, from start: Int) {
        problems.append(LexedText.Problem(message: message, start: UInt32(start), end: UInt32(position)))
        emit(.illegal, from: start)
    }

    /// Skips white space and comments; false at the end of the text.
    private mutating func skipTrivia() -> Bool {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                position += 1
            case UInt8(ascii: "\n"):
                position += 1
                newlineBefore = true
            case UInt8(ascii: "#"):
                skipComment()
            default:
                return true
            }
            spaceBefore = true
        }
        return false
    }

    private mutating func skipComment() {
        let start = position
        position = endOfLine(from: position)
        var end = position
        if bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        comments.append(Location(start: UInt32(start), end: UInt32(end)))
    }

    private mutating func scanToken() {
        let start = position
        let byte = bytes[position]
        if Self.isLetter(byte) { return scanWord(start) }
        if Self.isDigit(byte) { return scanNumber(start) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""): scanString(start)
        case UInt8(ascii: "`"): scanRawString(start)
        case UInt8(ascii: "$"): scanTemplateStart(start)
        case UInt8(ascii: "{"):
            if !templates.isEmpty { templates[templates.count - 1].braces += 1 }
            emit(.leftBrace, from: start)
        case UInt8(ascii: "}"): scanRightBrace(start)
        default: scanPunctuation(byte, start)
        }
    }

    private mutating func scanPunctuation(_ byte: UInt8, _ start: Int) {
        let kind: TokenKind
        switch byte {
        case UInt8(ascii: "["): kind = .leftBracket
        case UInt8(ascii: "]"): kind = .rightBracket
        case UInt8(ascii: "("): kind = .leftParen
        case UInt8(ascii: ")"): kind = .rightParen
        case UInt8(ascii: ","): kind = .comma
        case UInt8(ascii: ";"): kind = .semicolon
        case UInt8(ascii: "."): kind = .dot
        case UInt8(ascii: "+"): kind = .plus
        case UInt8(ascii: "-"): kind = .minus
        case UInt8(ascii: "*"): kind = .star
        case UInt8(ascii: "/"): kind = .slash
        case UInt8(ascii: "%"): kind = .percent
        case UInt8(ascii: "&"): kind = .ampersand
        case UInt8(ascii: "|"): kind = .pipe
        case UInt8(ascii: ":"): kind = followedByEqualSign() ? .assign : .colon
        case UInt8(ascii: "="): kind = followedByEqualSign() ? .equal : .unify
        case UInt8(ascii: "<"): kind = followedByEqualSign() ? .lessOrEqual : .less
        case UInt8(ascii: ">"): kind = followedByEqualSign() ? .greaterOrEqual : .greater
        case UInt8(ascii: "!") where followedByEqualSign(): kind = .notEqual
        case UInt8(ascii: "!"): return emitIllegal("illegal ! character", from: start)
        default:
            while position < bytes.count, bytes[position] & 0xC0 == 0x80 { position += 1 }
            return emitIllegal("illegal token", from: start)
        }
        emit(kind, from: start)
    }

    private mutating func followedByEqualSign() -> Bool {
        guard peek() == UInt8(ascii: "=") else { return false }
        position += 1
        return true
    }

    private mutating func scanWord(_ start: Int) {
        var packed: UInt64 = 0
        while position < bytes.count {
            let byte = bytes[position]
            guard Self.isWordByte(byte) else { break }
            packed = packed << 8 | UInt64(byte)
            position += 1
        }
        let count = position - start
        let kind = count > 8 || count < 2 ? .identifier : keywords.kind(packed: packed, firstByte: bytes[start])
        emit(kind, from: start)
    }

    private mutating func scanNumber(_ start: Int) {
        var problem: String?
        skipDigits()
        if peek() == UInt8(ascii: ".") {
            position += 1
            if skipDigits() == 0 { problem = "expected fraction" }
        }
        if peek() | 0x20 == UInt8(ascii: "e") {
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            if skipDigits() == 0 { problem = problem ?? "expected exponent" }
        }
        if Self.isLetter(peek()) {
            problem = problem ?? "illegal number format"
            while Self.isLetter(peek()) || Self.isDigit(peek()) { position += 1 }
        }
        if let problem { emitIllegal(problem, from: start) } else { emit(.number, from: start) }
    }

    @discardableResult
    private mutating func skipDigits() -> Int {
        let start = position
        while Self.isDigit(peek()) { position += 1 }
        return position - start
    }

    private mutating func scanTemplateStart(_ start: Int) {
        let quote = peek()
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "`") else {
            return emitIllegal("illegal $ character", from: start)
        }
        position += 1
        scanTemplateText(start, isRaw: quote == UInt8(ascii: "`"))
    }

    private mutating func scanRightBrace(_ start: Int) {
        guard let template = templates.last else { return emit(.rightBrace, from: start) }
        if template.braces > 0 {
            templates[templates.count - 1].braces -= 1
            return emit(.rightBrace, from: start)
        }
        templates.removeLast()
        scanTemplateText(start, isRaw: template.isRaw)
    }

    private mutating func scanTemplateText(_ start: Int, isRaw: Bool) {
        switch skipTemplateText(isRaw: isRaw) {
        case .expression(let hasEscape):
            templates.append((isRaw, 0))
            emit(isRaw ? .rawTemplatePart : .templatePart, from: start, hasEscape: hasEscape)
        case .end(let hasEscape):
            emit(isRaw ? .rawTemplateEnd : .templateEnd, from: start, hasEscape: hasEscape)
        case .problem(let message):
            emitIllegal(message, from: start)
        }
    }

    /// True for letters, digits and `_`.
    @inline(__always)
    static func isWordByte(_ byte: UInt8) -> Bool {
        let bits: UInt64 = byte & 0x40 == 0 ? 0x03FF_0000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
        return byte < 0x80 && bits >> UInt64(byte & 63) & 1 == 1
    }

    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
