import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax

/// What the expression that a test did not get past compares, found by evaluating its parts once more.
struct FailureValues {
    /// How long a value may be before it is cut.
    private static let limit = 64 << 10
    /// How many parts of an expression are shown.
    private static let most = 12

    let modules: [Module]
    let builtins: BuiltinTable
    let options: CompileOptions
    let data: Value
    let budget: Budget
    let prepare: (EvaluationContext) -> Void

    /// The failures with the values of their expressions' parts, of the rules these refer to, and with what tells sides
    /// apart. The questions about a module are compiled together.
    func explained(_ failures: [PolicyTest.Failure]) -> [PolicyTest.Failure] {
        let questions = failures.map(question)
        var evaluators: [ObjectIdentifier: (String) -> [Value]?] = [:]
        for question in questions.compactMap({ $0 }) where evaluators[ObjectIdentifier(question.module.file)] == nil {
            let file = question.module.file
            let all = questions.flatMap { $0?.module.file === file ? $0?.queries ?? [] : [] }
            evaluators[ObjectIdentifier(file)] = evaluator(Array(Set(all)), question.module)
        }
        return zip(failures, questions).map { failure, question in
            guard let question, let evaluator = evaluators[ObjectIdentifier(question.module.file)] else { return failure }
            return answer(question, failure, evaluator)
        }
    }

    /// What is asked about a failure: the statement, its parts, a query for each of the first parts, and one for the
    /// elements that an `every` does not hold for.
    private struct Question {
        var module: Module
        var expr: Expr
        var parts: FailureParts
        var partQueries: [String]
        var misses: String?

        var queries: [String] { partQueries + (misses.map { [$0] } ?? []) }
    }

    private func question(_ failure: PolicyTest.Failure) -> Question? {
        guard let (module, expr) = statement(at: failure.expression) else { return nil }
        let parts = FailureParts(of: expr, rules: rules(in: module), text: module.file.bytes)
        let modifiers = expr.with.map { with in
            " with \(module.range(of: with.target.location).text) as \(module.range(of: with.value.location).text)"
        }.joined()
        let queries = parts.terms.prefix(Self.most).map { term in
            query(module.range(of: term.location).text, [term], expr, failure, modifiers)
        }
        let misses = parts.every.map { every in
            query(Self.misses(every, module), [every.domain], expr, failure, modifiers)
        }
        return Question(module: module, expr: expr, parts: parts, partQueries: queries, misses: misses)
    }

    private func answer(
        _ question: Question, _ failure: PolicyTest.Failure, _ evaluator: (String) -> [Value]?
    ) -> PolicyTest.Failure {
        let (module, parts) = (question.module, question.parts)
        let names = Set(failure.variables.map(\.name))
        var failure = failure, values: [Value?] = [], seen = Set<String>()
        failure.expression = module.range(of: question.expr.location)
        for (term, query) in zip(parts.terms, question.partQueries) {
            guard let rows = evaluator(query) else {
                values.append(nil)
                continue
            }
            values.append(rows.first)
            let text = module.range(of: term.location).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            // Constants say it themselves, and variables are shown anyway.
            if names.contains(text) || parts.isPlain(term.value) || !seen.insert(text).inserted { continue }
            let more = rows.count > 1 ? " (the first of \(rows.count))" : ""
            failure.values.append((text, (rows.first.map { Self.text($0) } ?? "undefined") + more))
        }
        if parts.isComparison, values.count >= 2, let left = values[0], let right = values[1] {
            failure.difference = ValueDifference.lines(left, right)
        }
        if let misses = question.misses, let found = evaluator(misses)?.first, found.count > 0 {
            failure.difference.append("it does not hold for \(ValueDifference.list(Array(found.elements)))")
        }
        return failure
    }

    /// A query for the value of a part, with the variables it uses as they were.
    private func query(
        _ text: String, _ terms: [Term], _ expr: Expr, _ failure: PolicyTest.Failure, _ modifiers: String
    ) -> String {
        let used = FailureParts.names(in: terms + expr.with.map(\.value) + FailureParts.bodies(of: expr))
        let bound = failure.variables.filter { used.contains($0.name) }.map { "\($0.name) := \($0.full); " }.joined()
        return bound + "__part := \(text)" + modifiers
    }

    /// A comprehension of the elements that an `every` does not hold for.
    private static func misses(_ every: Every, _ module: Module) -> String {
        func text(_ term: Term) -> String { module.range(of: term.location).text }
        let names = [every.key, every.value].compactMap { $0 }.map(text).joined(separator: ", ")
        let start = every.body.exprs.first?.location.start ?? 0
        let end = every.body.exprs.map { ([$0.location.end] + $0.with.map(\.value.location.end)).max() ?? 0 }.max() ?? 0
        let body = module.range(of: Location(start: start, end: end)).text
        return "[\(text(every.value)) | some \(names) in \(text(every.domain)); count([1 | \(body)]) == 0]"
    }

    /// The names of rules that stand for themselves in a module: those of its package.
    private func rules(in module: Module) -> Set<String> {
        let package = module.package.path.constantPath
        return Set(modules.filter { $0.package.path.constantPath == package }.flatMap { $0.rules.map(\.head.name) })
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
