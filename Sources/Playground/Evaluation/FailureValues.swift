import Catalogue
import Diagnostics
import Documents
import Judging
import Rego
import RegoRuntime
import RegoSyntax

/// Finds out what the parts of a failing test's expression were: `count(deny) == 1` fails because `count(deny)` is 0.
struct FailureValues {
    private let modules: PolicyModules

    init(_ modules: PolicyModules) { self.modules = modules }

    /// For each test the parts of the expression it did not get past.
    func values(for tests: [PolicyTest], data: DataDocument, budget: RunBudget) -> [[(name: String, value: String)]] {
        tests.map { test in
            guard let failure = test.failure, !budget.isSpent,
                let module = modules.modules.first(where: { $0.file === failure.expression.file })
            else { return [] }
            return values(failure, module, data, budget)
        }
    }

    /// The statement of a test that holds a part which the compiler evaluates by itself.
    func statement(around part: SourceRange) -> SourceRange {
        guard let module = modules.modules.first(where: { $0.file === part.file }) else { return part }
        let statements = module.rules.flatMap(\.body.exprs).map { $0.location.range(in: module.file) }
        return statements.first { $0.start <= part.start && part.end <= $0.end } ?? part
    }

    private func values(
        _ failure: PolicyTest.Failure, _ module: Module, _ data: DataDocument, _ budget: RunBudget
    ) -> [(name: String, value: String)] {
        let parts = Self.parts(of: failure.expression)
        if parts.isEmpty { return [] }
        let bindings = failure.variables.filter { $0.value != "undefined" }.map { "\($0.name) := \($0.full)" }
        return parts.compactMap { part in
            let query = (bindings + ["\(Self.result) := \(part.text)\(part.with)"]).joined(separator: "\n")
            return value(query, module, data, budget).map { (part.text, $0) }
        }
    }

    private static let result = "lintel_value"

    private func value(_ query: String, _ module: Module, _ data: DataDocument, _ budget: RunBudget) -> String? {
        var options = CompileOptions()
        options.checksAllRules = false
        let (engine, _) = Engine.compile(
            parsed: modules.all, queries: [query], queryPackage: module.package.path.names,
            queryImports: module.importedPaths, builtins: PolicyBuiltins.offline, options: options)
        guard let engine else { return nil }
        let evaluator = Evaluator(engine, data: data.document.root)
        defer { withExtendedLifetime(evaluator) {} }
        evaluator.context.isCancelled = { budget.isSpent }
        evaluator.budget = budget.remaining
        evaluator.begin(input: .undefined)
        guard let rows = try? evaluator.query(query) else { return nil }
        guard let row = rows.first else { return "undefined" }
        return row.bindings.first { $0.name == Self.result }.map { ValueText.term($0.value, limit: 2000) }
    }

    /// The operands of the expression that are no constants, with its `with` modifiers.
    private static func parts(of range: SourceRange) -> [(text: String, with: String)] {
        let file = SourceFile(path: range.file.path, text: range.text)
        let (body, problems) = Parser.parseBody(file)
        guard problems.isEmpty, body.exprs.count == 1, let expr = body.exprs.first else { return [] }
        var terms: [Term] = []
        switch expr.kind {
        case .call(let call):
            if call.infix == .assign { return [] }
            terms = call.args.filter(isWorthShowing)
            if call.infix == nil { terms.insert(Term(.call(call), location: callLocation(expr, file)), at: 0) }
        case .term(let term): terms = isWorthShowing(term) ? [term] : []
        case .not(let inner): terms = inner.exprs.compactMap { if case .term(let term) = $0.kind { term } else { nil } }
        default: return []
        }
        let with = expr.with.map { " " + $0.location.range(in: file).text }.joined()
        return terms.map { ($0.location.range(in: file).text, with) }
    }

    /// The call without `not` before it and `with` behind it.
    private static func callLocation(_ expr: Expr, _ file: SourceFile) -> Location {
        guard case .call(let call) = expr.kind, let name = call.operator.terms.first else { return expr.location }
        var end = expr.with.first.map { Int($0.location.start) } ?? Int(expr.location.end)
        while end > Int(name.location.start), file.bytes[end - 1] == 0x20 || file.bytes[end - 1] == 0x09 { end -= 1 }
        return Location(start: name.location.start, end: UInt32(end))
    }

    private static func isWorthShowing(_ term: Term) -> Bool {
        switch term.value {
        case .null, .bool, .number, .string: false
        case .array(let terms), .set(let terms): terms.contains(where: isWorthShowing)
        case .object(let items): items.contains { isWorthShowing($0.value) }
        default: true
        }
    }
}
