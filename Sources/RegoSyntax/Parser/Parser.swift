public import Diagnostics
import Text

/// Reads Rego text: recursive descent over the tokens of one file.
///
/// Problems are collected and parsing goes on at the next statement, so a file with mistakes still gives a module.
/// Where the grammar is ambiguous (a brace may open a body, a set or a comprehension) the parser tries in OPA's order
/// and goes back; `memo` keeps such attempts linear.
public struct Parser {
    let file: SourceFile
    let bytes: [UInt8]
    let version: RegoVersion
    let options: ParserOptions
    let tokens: ContiguousArray<Token>
    let comments: ContiguousArray<Location>
    let lexerProblems: [LexedText.Problem]

    /// Index of the current token.
    var index = 0
    /// Kind of the current token; `.identifier` for words that are no keywords here.
    var kind = TokenKind.endOfFile
    var keywords: KeywordSet
    var importsRegoV1 = false
    var nextWildcard = 0
    var depth = 0
    var diagnostics: [Diagnostic] = []
    /// Attempts under way; problems are not recorded while it is positive.
    var attempts = 0
    /// The problem of the last failed attempt.
    var lastFailure: Diagnostic?
    /// Bracketed terms read during attempts, by index of their first token.
    var memo: [Int: MemoEntry] = [:]

    /// Tells callers to give up the statement; the problem is recorded already.
    struct Failure: Error {}

    struct MemoEntry {
        var term: Term?
        var next: Int
        var nextWildcard: Int
        /// Why there is no term.
        var failure: Diagnostic?
    }

    init(file: SourceFile, version: RegoVersion, options: ParserOptions) {
        let text = LexedText(file.bytes)
        self.file = file
        bytes = file.bytes
        self.version = version
        self.options = options
        tokens = text.tokens
        comments = text.comments
        lexerProblems = text.problems
        keywords = version == .v1 ? .v1 : .v0
        for name in options.enabledKeywords {
            if let keyword = KeywordSet.future(name) { keywords.formUnion(keyword) }
        }
        kind = effectiveKind(at: 0)
    }

    /// Parses a module; the module holds every statement that could be read.
    public static func parseModule(
        _ file: SourceFile, version: RegoVersion = .v1, options: ParserOptions = ParserOptions()
    ) -> (Module, [Diagnostic]) {
        var parser = Parser(file: file, version: version, options: options)
        let module = parser.parseModule()
        return (module, parser.sortedDiagnostics())
    }

    /// Parses a query: expressions separated by `;` or line breaks.
    public static func parseBody(
        _ file: SourceFile, version: RegoVersion = .v1, options: ParserOptions = ParserOptions()
    ) -> (Body, [Diagnostic]) {
        var parser = Parser(file: file, version: version, options: options)
        let body = parser.parseWhole { parser throws(Failure) in try parser.parseQuery(until: .endOfFile) }
        return (body ?? Body([]), parser.sortedDiagnostics())
    }

    /// Parses exactly one term; nil with at least one problem when the text is something else.
    public static func parseTerm(
        _ file: SourceFile, version: RegoVersion = .v1, options: ParserOptions = ParserOptions()
    ) -> (Term?, [Diagnostic]) {
        var parser = Parser(file: file, version: version, options: options)
        let term = parser.parseWhole { parser throws(Failure) in
            let term = try parser.parseInfix(allowsKey: true)
            guard parser.kind == .endOfFile else { throw parser.unexpected("expected exactly one term") }
            return term
        }
        return (parser.diagnostics.isEmpty ? term : nil, parser.sortedDiagnostics())
    }

    private mutating func parseWhole<Result>(_ parse: (inout Parser) throws(Failure) -> Result) -> Result? {
        reportEncodingProblem()
        return try? parse(&self)
    }

    private func sortedDiagnostics() -> [Diagnostic] {
        if diagnostics.count < 2 { return diagnostics }
        var result: [Diagnostic] = []
        for problem in diagnostics.sorted(by: Diagnostic.inSourceOrder) where problem != result.last { result.append(problem) }
        return result
    }
}

// MARK: - Tokens

extension Parser {
    var token: Token { tokens[index] }

    func effectiveKind(at index: Int) -> TokenKind {
        let kind = tokens[index].kind
        return kind.isKeyword && !keywords.contains(.of(kind)) ? .identifier : kind
    }

    mutating func advance() {
        if index + 1 < tokens.count { index += 1 }
        // A policy may have texts parsed (`rego.parse_module`); without budget the text ends here.
        if !WorkMeter.charge(10) { index = tokens.count - 1 }
        kind = effectiveKind(at: index)
    }

    mutating func move(to index: Int) {
        self.index = index
        kind = effectiveKind(at: index)
    }

    /// The kind of a later token; `.endOfFile` past the end.
    func kind(ahead count: Int) -> TokenKind {
        effectiveKind(at: min(index + count, tokens.count - 1))
    }

    /// True when the current token is of a kind and touches the previous one.
    func isAdjacent(_ expected: TokenKind) -> Bool { kind == expected && !token.spaceBefore }

    /// True for a keyword that begins a ref here, as in `if.foo`; needs the capability `keywords_in_refs`.
    var isKeywordUsedAsName: Bool {
        guard kind.isKeyword, options.allowsKeywordsInRefs else { return false }
        let next = tokens[min(index + 1, tokens.count - 1)]
        return !next.spaceBefore && (next.kind == .dot || next.kind == .leftBracket)
    }

    /// True for template text after an expression: the token begins with the closing brace.
    var continuesTemplate: Bool {
        switch kind {
        case .templatePart, .templateEnd, .rawTemplatePart, .rawTemplateEnd:
            bytes[Int(token.start)] == UInt8(ascii: "}")
        default: false
        }
    }

    /// End of the token before the current one.
    var previousEnd: UInt32 { index > 0 ? tokens[index - 1].end : 0 }

    var tokenLocation: Location { Location(start: token.start, end: token.end) }

    func location(from start: UInt32) -> Location { Location(start: start, end: max(start, previousEnd)) }

    func text(from start: UInt32, to end: UInt32) -> String {
        String(decoding: bytes[Int(start)..<Int(end)], as: UTF8.self)
    }

    var tokenText: String { text(from: token.start, to: token.end) }
}

// MARK: - Problems

extension Parser {
    /// The place of a problem, by default the current token; the end of the text counts as the end of its last token.
    func range(_ location: Location?) -> SourceRange {
        var location = location ?? tokenLocation
        if location.start == location.end, Int(location.start) >= file.bytes.count {
            location = Location(start: previousEnd, end: previousEnd)
        }
        return location.range(in: file)
    }

    /// Records a problem; during an attempt it only counts if nothing better is found.
    mutating func fail(_ message: String, at location: Location? = nil, hint: String? = nil) -> Failure {
        let problem = Diagnostic(code: RegoCode.parse, message: message, range: range(location), hint: hint)
        if attempts == 0 { diagnostics.append(problem) } else { lastFailure = problem }
        return Failure()
    }

    /// Records that the current token cannot stand here.
    mutating func unexpected(_ note: @autoclosure () -> String = "", hint: String? = nil) -> Failure {
        if kind == .illegal {
            let start = token.start
            return fail(lexerProblems.first { $0.start == start }?.message ?? "illegal token", hint: hintForIllegalToken())
        }
        let name = kind == .identifier ? "identifier" : continuesTemplate ? "}" : token.kind.description
        let note = note()
        let hint = hint ?? hintForUnexpectedToken()
        let message = "unexpected \(name) \(kind.isKeyword ? "keyword" : "token")" + (note.isEmpty ? "" : ": \(note)")
        return fail(message, hint: hint)
    }

    /// What to write instead of punctuation that other languages have.
    private func hintForIllegalToken() -> String? {
        let text = file.text(in: Int(token.start)..<Int(token.start) + 3)
        if text.hasPrefix("'") || text.hasPrefix("“") || text.hasPrefix("”") {
            return "strings stand in \"double quotes\" or `backticks`"
        }
        if text.hasPrefix("\"") && file.text(in: Int(token.start)..<Int(token.end)).contains("\\") {
            return "write \\\\ for a backslash, or the string in `backticks`"
        }
        return text.hasPrefix("!") ? "negation is written not" : nil
    }

    private func hintForUnexpectedToken() -> String? {
        guard index > 0 else { return nil }
        let previous = tokens[index - 1].kind
        if previous == .ampersand, kind == .ampersand {
            return "write both expressions on lines of their own, or with ; between them"
        }
        if previous == .pipe, kind == .pipe { return "write a rule for each alternative" }
        if previous.isKeyword, kind == .assign || kind == .unify {
            return "\(previous.description) is a keyword and cannot be a name"
        }
        return nil
    }

    mutating func reportEncodingProblem() {
        for problem in lexerProblems where !tokens.contains(where: { $0.kind == .illegal && $0.start == problem.start }) {
            _ = fail(problem.message, at: Location(start: problem.start, end: problem.end))
        }
    }

    /// Runs a parse that may fail; on failure everything is as before.
    mutating func attempt<Result>(_ parse: (inout Parser) throws(Failure) -> Result?) -> Result? {
        let start = index
        let wildcard = nextWildcard
        let outerDepth = depth
        attempts += 1
        let result = try? parse(&self)
        attempts -= 1
        if let result { return result }
        move(to: start)
        nextWildcard = wildcard
        depth = outerDepth
        return nil
    }

    /// Counts a level of nesting; callers undo it with `depth -= 1`.
    mutating func enter() throws(Failure) {
        guard depth < options.maximumDepth else { throw fail("max parsing recursion depth exceeded") }
        depth += 1
    }
}

extension KeywordSet {
    /// What `import future.keywords.NAME` enables; nil for a name that is no keyword.
    static func future(_ name: String) -> KeywordSet? {
        switch name {
        case "in": of(.in)
        case "every": [of(.every), of(.in)]
        case "contains": of(.contains)
        case "if": of(.if)
        case "and": of(.and)
        case "or": of(.or)
        case "not": futureNot
        default: nil
        }
    }
}
