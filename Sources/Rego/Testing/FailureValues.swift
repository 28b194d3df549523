import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax

/// What the expression that a test did not get past compares, found by evaluating its parts once more.
struct FailureValues {
    /// How long a value may be before it is cut.
    private static let limit = 64 << 10

    let modules: [Module]
    let builtins: BuiltinTable
    let options: CompileOptions
    let data: Value
    let budget: Budget
    let prepare: (EvaluationContext) -> Void

    /// The failure with the values of its expression's parts, and with what tells its sides apart.
    func explained(_ failure: PolicyTest.Failure) -> PolicyTest.Failure {
        var failure = failure
        guard let (module, expr) = statement(at: failure.expression) else { return failure }
        failure.expression = module.range(of: expr.location)
        let parts = Parts(of: expr)
        guard !parts.terms.isEmpty, parts.terms.count <= 12 else { return failure }
        let names = Set(failure.variables.map(\.name))
        let modifiers = expr.with.map { with in
            " with \(module.range(of: with.target.location).text) as \(module.range(of: with.value.location).text)"
        }.joined()
        let queries = parts.terms.map { term -> String in
            let text = module.range(of: term.location).text
            let used = Parts.names(in: [term] + expr.with.map(\.value)).intersection(names)
            let bound = failure.variables.filter { used.contains($0.name) }.map { "\($0.name) := \($0.full); " }.joined()
            return bound + "__part := \(text)" + modifiers
        }
        let evaluator = evaluator(queries, module)
        var values: [Value?] = []
        for (term, query) in zip(parts.terms, queries) {
            guard let rows = evaluator(query) else {
                values.append(nil)
                continue
            }
            values.append(rows.first)
            let text = module.range(of: term.location).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            // Constants say it themselves, and variables are shown anyway.
            if names.contains(text) || term.value.isPlain { continue }
            let more = rows.count > 1 ? " (the first of \(rows.count))" : ""
            failure.values.append((text, (rows.first.map { Self.text($0) } ?? "undefined") + more))
        }
        if parts.isComparison, values.count >= 2, let left = values[0], let right = values[1] {
            failure.difference = ValueDifference.lines(left, right)
        }
        return failure
    }

    private static func text(_ value: Value) -> String {
        value.writtenSize(upTo: limit) > limit ? RegoTermWriter.short(value) : RegoTermWriter.string(value)
    }

    /// Compiles the queries, together or, when one of them has a problem, each for itself.
    private func evaluator(_ queries: [String], _ module: Module) -> (String) -> [Value]? {
        var imports: [String: [String]] = [:]
        for statement in module.imports {
            guard let head = statement.path.terms.first?.stringOrVarName, head == "data" || head == "input",
                let name = statement.name
            else { continue }
            imports[name] = [head] + statement.path.terms.dropFirst().compactMap(\.stringOrVarName)
        }
        let package = module.package.path.terms.dropFirst().compactMap(\.stringOrVarName)
        var options = options
        (options.isInstrumented, options.checksTypes) = (false, false)
        func compiled(_ queries: [String]) -> Evaluator? {
            guard
                let engine = Engine.compile(
                    parsed: modules, queries: queries, queryPackage: package, queryImports: imports, builtins: builtins,
                    options: options
                ).0
            else { return nil }
            let evaluator = Evaluator(engine, data: data)
            evaluator.budget = budget
            prepare(evaluator.context)
            evaluator.begin(input: .undefined)
            return evaluator
        }
        let joint = compiled(queries)
        return { query in
            guard let evaluator = joint ?? compiled([query]), let rows = try? evaluator.query(query) else { return nil }
            // Values belong to the evaluator, which does not begin again while they are looked at.
            return withExtendedLifetime(evaluator) {
                rows.compactMap { row in row.bindings.first { $0.name == "__part" }?.value }
            }
        }
    }

    /// The statement of a rule's body that a place is part of.
    private func statement(at place: SourceRange) -> (Module, Expr)? {
        for module in modules where module.file === place.file {
            for rule in module.rules {
                for branch in [rule] + rule.elseRules {
                    for expr in branch.body.exprs {
                        let end = ([expr.location.end] + expr.with.map(\.value.location.end)).max() ?? expr.location.end
                        if expr.location.start <= place.start, place.start < end { return (module, expr) }
                    }
                }
            }
        }
        return nil
    }
}

/// The parts of a statement whose values say why it does not hold.
private struct Parts {
    /// Both sides of a comparison first, then the references and calls inside.
    private(set) var terms: [Term] = []
    private(set) var isComparison = false

    init(of expr: Expr) {
        switch expr.kind {
        case .term(let term): add(term)
        case .call(let call):
            isComparison = call.args.count == 2 && (call.infix == .equal || call.infix == .eq || call.infix == .assign)
            let kept = call.args.map { term in
                if isComparison || !term.value.isPlain { terms.append(term) }
                return term
            }
            for term in kept { addInner(term.value) }
        case .someDecl(.membership(_, _, let domain)): add(domain)
        case .someDecl(.vars): break
        case .every(let every): add(every.domain)
        case .not(let body): for inner in body.exprs { terms += Parts(of: inner).terms }
        case .logicalAnd(let left, let right), .logicalOr(let left, let right):
            for inner in left.exprs + right.exprs { terms += Parts(of: inner).terms }
        }
        var seen = Set<Location>()
        terms = terms.filter { seen.insert($0.location).inserted }
    }

    private mutating func add(_ term: Term) {
        if !term.value.isPlain { terms.append(term) }
        addInner(term.value)
    }

    /// References and calls inside a term; what stands in comprehensions has variables of its own.
    private mutating func addInner(_ value: TermValue) {
        switch value {
        case .ref(let ref): for term in ref.terms.dropFirst() { add(term) }
        case .call(let call): for term in call.args { add(term) }
        case .array(let inner), .set(let inner): for term in inner { add(term) }
        case .object(let items): for item in items { add(item.value) }
        default: break
        }
    }

    /// The variables that terms mention.
    static func names(in terms: [Term]) -> Set<String> {
        var found = Set<String>()
        func visit(_ value: TermValue) {
            switch value {
            case .var(let name): found.insert(name)
            case .ref(let ref): for term in ref.terms { visit(term.value) }
            case .call(let call): for term in call.args { visit(term.value) }
            case .array(let inner), .set(let inner): for term in inner { visit(term.value) }
            case .object(let items):
                for item in items {
                    visit(item.key.value)
                    visit(item.value.value)
                }
            case .arrayComprehension(let inner), .setComprehension(let inner):
                visit(inner.head.value)
                for expr in inner.body.exprs { visit(expr) }
            case .objectComprehension(let inner):
                visit(inner.key.value)
                visit(inner.value.value)
                for expr in inner.body.exprs { visit(expr) }
            case .templateString(let text): for case .expr(let expr) in text.parts { visit(expr) }
            case .null, .bool, .number, .string: break
            }
        }
        func visit(_ expr: Expr) {
            switch expr.kind {
            case .term(let term): visit(term.value)
            case .call(let call): for term in call.args { visit(term.value) }
            case .someDecl(.membership(_, _, let domain)): visit(domain.value)
            case .someDecl(.vars): break
            case .every(let every):
                visit(every.domain.value)
                for inner in every.body.exprs { visit(inner) }
            case .not(let body): for inner in body.exprs { visit(inner) }
            case .logicalAnd(let left, let right), .logicalOr(let left, let right):
                for inner in left.exprs + right.exprs { visit(inner) }
            }
            for with in expr.with { visit(with.value.value) }
        }
        for term in terms { visit(term.value) }
        return found
    }
}

extension TermValue {
    /// Whether the source says all there is to know: a constant, or a variable that is shown anyway.
    fileprivate var isPlain: Bool {
        switch self {
        case .null, .bool, .number, .string, .var: true
        case .array(let terms), .set(let terms): terms.allSatisfy(\.value.isPlain)
        case .object(let items): items.allSatisfy { $0.key.value.isPlain && $0.value.value.isPlain }
        default: false
        }
    }
}

/// What tells two collections apart, in a few lines.
enum ValueDifference {
    static func lines(_ left: Value, _ right: Value, limit: Int = 8) -> [String] {
        var lines: [String] = []
        func add(_ line: String) { if lines.count < limit { lines.append(line) } }
        switch (left.kind, right.kind) {
        case (.set, .set):
            let missing = right.elements.filter { left.keyIndex($0) < 0 }, extra = left.elements.filter { right.keyIndex($0) < 0 }
            if !extra.isEmpty { add("only on the left: \(text(extra))") }
            if !missing.isEmpty { add("only on the right: \(text(missing))") }
        case (.object, .object):
            for (key, value) in zip(left.keys, left.values) {
                let other = right.member(key)
                if other.isUndefined {
                    add("only on the left: \(RegoTermWriter.string(key)): \(short(value))")
                } else if other != value {
                    add("differs at \(RegoTermWriter.string(key)): \(short(value)) on the left, \(short(other)) on the right")
                }
            }
            for (key, value) in zip(right.keys, right.values) where left.member(key).isUndefined {
                add("only on the right: \(RegoTermWriter.string(key)): \(short(value))")
            }
        case (.array, .array):
            if left.count != right.count { add("\(left.count) elements on the left, \(right.count) on the right") }
            for (index, pair) in zip(left.elements, right.elements).enumerated() where pair.0 != pair.1 {
                add("differs at [\(index)]: \(short(pair.0)) on the left, \(short(pair.1)) on the right")
            }
        default: break
        }
        return lines
    }

    private static func text(_ values: [Value]) -> String {
        values.prefix(5).map(short).joined(separator: ", ") + (values.count > 5 ? ", and \(values.count - 5) more" : "")
    }

    private static func short(_ value: Value) -> String { RegoTermWriter.short(value) }
}
