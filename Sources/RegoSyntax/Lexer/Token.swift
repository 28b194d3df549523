/// The kinds of Rego tokens.
enum TokenKind: UInt8 {
    case illegal, endOfFile, identifier

    // Keywords, those of v1 and future imports last.
    case package, `import`, `as`, `default`, `else`, not, some, with, null, `true`, `false`
    case `in`, every, contains, `if`
    case and, or

    case number, string, rawString
    /// `$"…{` or `}…{`: text before an expression of a template string.
    case templatePart
    /// `$"…"` or `}…"`: the last text of a template string.
    case templateEnd
    case rawTemplatePart, rawTemplateEnd

    case leftBracket, rightBracket, leftBrace, rightBrace, leftParen, rightParen
    case comma, colon, semicolon, dot
    case plus, minus, star, slash, percent, ampersand, pipe
    case unify, equal, assign, notEqual, less, lessOrEqual, greater, greaterOrEqual

    /// True for every word that can be a keyword, whether or not it is one here.
    var isKeyword: Bool { rawValue >= TokenKind.package.rawValue && rawValue <= TokenKind.or.rawValue }

    /// The name in messages; OPA's.
    var description: String {
        switch self {
        case .illegal: "illegal"
        case .endOfFile: "eof"
        case .identifier: "identifier"
        case .package: "package"
        case .import: "import"
        case .as: "as"
        case .default: "default"
        case .else: "else"
        case .not: "not"
        case .some: "some"
        case .with: "with"
        case .null: "null"
        case .true: "true"
        case .false: "false"
        case .in: "in"
        case .every: "every"
        case .contains: "contains"
        case .if: "if"
        case .and: "and"
        case .or: "or"
        case .number: "number"
        case .string, .rawString: "string"
        case .templatePart, .rawTemplatePart: "template-string-part"
        case .templateEnd, .rawTemplateEnd: "template-string-end"
        case .leftBracket: "["
        case .rightBracket: "]"
        case .leftBrace: "{"
        case .rightBrace: "}"
        case .leftParen: "("
        case .rightParen: ")"
        case .comma: ","
        case .colon: ":"
        case .semicolon: ";"
        case .dot: "."
        case .plus: "plus"
        case .minus: "minus"
        case .star: "mul"
        case .slash: "div"
        case .percent: "rem"
        case .ampersand: "and"
        case .pipe: "or"
        case .unify: "eq"
        case .equal: "equal"
        case .assign: "assign"
        case .notEqual: "neq"
        case .less: "lt"
        case .lessOrEqual: "lte"
        case .greater: "gt"
        case .greaterOrEqual: "gte"
        }
    }
}

/// A set of keywords.
struct KeywordSet: OptionSet {
    let rawValue: UInt32

    static func of(_ kind: TokenKind) -> KeywordSet { KeywordSet(rawValue: 1 << UInt32(kind.rawValue)) }

    /// Keywords of every dialect.
    static let v0: KeywordSet = [
        of(.package), of(.import), of(.as), of(.default), of(.else), of(.not), of(.some), of(.with), of(.null),
        of(.true), of(.false),
    ]
    /// Keywords that v0 modules import and v1 modules always have.
    static let addedInV1: KeywordSet = [of(.in), of(.every), of(.contains), of(.if)]
    static let v1: KeywordSet = v0.union(addedInV1)
}

/// One token: its kind and bytes.
struct Token {
    var kind: TokenKind
    /// White space or a comment stands between this token and the previous one.
    var spaceBefore: Bool
    /// A line break stands between this token and the previous one.
    var newlineBefore: Bool
    /// The text contains a backslash escape.
    var hasEscape: Bool
    var start: UInt32
    var end: UInt32
}

/// The words that can be keywords, looked up by their bytes packed into one integer.
struct KeywordTable: Sendable {
    private var packed: [UInt64] = []
    private var kinds: [TokenKind] = []
    private var firstLetters: UInt32 = 0

    static let shared = KeywordTable()

    private init() {
        for value in TokenKind.package.rawValue...TokenKind.or.rawValue {
            guard let kind = TokenKind(rawValue: value) else { continue }
            let word = kind.description.utf8
            packed.append(word.reduce(0) { $0 << 8 | UInt64($1) })
            kinds.append(kind)
            if let first = word.first { firstLetters |= 1 << UInt32(first & 31) }
        }
    }

    /// The keyword whose bytes, at most eight, are packed with the first byte highest.
    func kind(packed word: UInt64, firstByte: UInt8) -> TokenKind {
        guard firstLetters & (1 << UInt32(firstByte & 31)) != 0 else { return .identifier }
        for index in packed.indices where packed[index] == word { return kinds[index] }
        return .identifier
    }
}
