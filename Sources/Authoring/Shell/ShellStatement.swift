import Diagnostics
import Rego
import RegoRuntime
import RegoSyntax

/// What lines entered into the shell are.
enum ShellStatement {
    case package([String])
    case imports([(text: String, name: String, path: [String])])
    /// A query, and whether it may be the definition of a rule: `x := 1`.
    case query(definition: Definition?)
    case rules([(name: String, text: String, isAssigned: Bool)])
    /// More lines are to come.
    case unfinished
    case wrong([Diagnostic])

    /// The name on the left side of a single `:=` or `=`.
    struct Definition {
        var name: String
        var isFunction: Bool
        var isAssigned: Bool
    }

    static func read(_ text: String, _ version: RegoVersion, _ options: ParserOptions) -> ShellStatement {
        let word = text.drop { $0.isWhitespace }.prefix { $0.isLetter }
        if word == "package" || word == "import" { return readHeader(text, isPackage: word == "package", version, options) }
        let file = SourceFile(path: "<shell>", text: text)
        let (body, problems) = Parser.parseBody(file, version: version == .v0 ? .v0 : .v1, options: options)
        if problems.isEmpty { return .query(definition: definition(body)) }
        let head = "package shell\n\n"
        let module = SourceFile(path: "<shell>", text: head + text)
        let (parsed, others) = Parser.parseModule(module, version: version, options: options)
        if others.isEmpty, !parsed.rules.isEmpty { return .rules(slices(parsed, head)) }
        let end = text.utf8.count - text.reversed().prefix { $0.isWhitespace }.map { $0.utf8.count }.reduce(0, +)
        let isOpen = text.utf8.count(where: { $0 == UInt8(ascii: "`") }) % 2 == 1
        let furthest = problems.compactMap { $0.range?.start }.map { Int($0) }.max() ?? 0
        let furthestRule = (others.compactMap { $0.range?.start }.map { Int($0) }.max() ?? 0) - head.utf8.count
        if isOpen || max(furthest, furthestRule) >= end { return .unfinished }
        // The reading that makes sense for longer is what was meant.
        return .wrong(furthestRule > furthest ? others.map { $0.moved(back: head, to: file) } : problems)
    }

    private static func readHeader(
        _ text: String, isPackage: Bool, _ version: RegoVersion, _ options: ParserOptions
    ) -> ShellStatement {
        let head = isPackage ? "" : "package shell\n\n"
        let (module, problems) = Parser.parseModule(
            SourceFile(path: "<shell>", text: head + text), version: version, options: options)
        if !problems.isEmpty {
            return .wrong(problems.map { $0.moved(back: head, to: SourceFile(path: "<shell>", text: text)) })
        }
        if isPackage { return .package(module.package.parts) }
        return .imports(
            module.imports.map { item in
                let parts = item.path.terms.compactMap(\.stringOrVarName)
                let isDocument = parts.first == "data" || parts.first == "input"
                return (module.range(of: item.location).text, item.name ?? "", isDocument ? parts : [])
            })
    }

    private static func definition(_ body: Body) -> Definition? {
        guard body.exprs.count == 1, let expr = body.exprs.first, !expr.negated, expr.with.isEmpty,
            case .call(let call) = expr.kind, let sign = call.infix, sign == .assign || sign == .eq, call.args.count == 2
        else { return nil }
        switch call.args[0].value {
        case .var(let name) where !call.args[0].value.isWildcard:
            return Definition(name: name, isFunction: false, isAssigned: sign == .assign)
        case .call(let head):
            guard let name = head.operator.builtinName, !name.contains("."), head.infix == nil else { return nil }
            return Definition(name: name, isFunction: true, isAssigned: sign == .assign)
        case .ref(let ref) where ref.terms.count == 1 && ref.builtinName == "input":
            return Definition(name: "input", isFunction: false, isAssigned: sign == .assign)
        default: return nil
        }
    }

    /// The rules as they were entered, each with what stands before it.
    private static func slices(_ module: Module, _ head: String) -> [(name: String, text: String, isAssigned: Bool)] {
        let starts = module.rules.map { Int($0.location.start) }
        return module.rules.enumerated().map { index, rule in
            let start = index == 0 ? head.utf8.count : starts[index]
            let end = index + 1 < starts.count ? starts[index + 1] : module.file.bytes.count
            let text = module.file.text(in: start..<end)
            return (rule.head.name, text.trimmingBlanks, rule.head.assign && !rule.isDefault)
        }
    }
}

extension Diagnostic {
    /// The same about a text that has no `head` before it.
    fileprivate func moved(back head: String, to file: SourceFile) -> Diagnostic {
        guard let range else { return self }
        var result = self
        let size = UInt32(head.utf8.count)
        result.range = SourceRange(
            file: file, start: max(range.start, size) - size, end: max(range.end, size) - size)
        return result
    }
}

extension String {
    /// Without white space at its ends.
    var trimmingBlanks: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
