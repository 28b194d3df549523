public import Diagnostics
public import Documents
public import RegoRuntime
public import RegoSyntax

/// Runs the tests of Rego modules as `opa test` does: rules named `test_…`, each defined and true.
public struct PolicyTestRunner {
    public let engine: Engine
    /// The tests with what to evaluate, nil for those that are not run, and the names behind which that stands.
    public let tests: [(info: RuleInfo, entrypoint: Entrypoint?, prefix: [String])]
    private let builtins: BuiltinTable
    private let options: CompileOptions

    /// Compiles modules for testing; a test name that stands several times in a package gets `#01`, `#02`, … so that
    /// each definition is a test of its own.
    /// - Parameter isSelected: whether to run the test with this path (`data.app.test_allow`).
    public static func make(
        _ modules: [Module], builtins: BuiltinTable, options: CompileOptions,
        isSelected: (String) -> Bool = { _ in true }
    ) -> (PolicyTestRunner?, [Diagnostic]) {
        let modules = prepared(modules, marksCases: builtins[TestCaseMarks.function] != nil)
        var found: [(info: RuleInfo, isTodo: Bool, prefix: [String])] = []
        var seen = Set<String>()
        for module in modules {
            let package = module.package.path.constantPath
            for rule in module.rules where !rule.head.isFunction {
                guard let name = TestName(rule.head.ref) else { continue }
                let path = (["data"] + package).joined(separator: ".") + "." + name.text
                guard isSelected(path), seen.insert(path).inserted else { continue }
                let info = RuleInfo(
                    package: package, name: name.text, path: path, isFunction: false,
                    isPartialSet: rule.head.isPartialSet,
                    location: module.range(of: rule.location))
                let prefix = rule.head.ref.terms[name.length...].prefix { $0.isText }.compactMap(\.stringOrVarName)
                found.append((info, name.isTodo, prefix))
            }
        }
        let (engine, diagnostics) = Engine.compile(
            parsed: modules, entrypoints: found.filter { !$0.isTodo }.map(path).sorted(), builtins: builtins,
            options: options)
        guard let engine else { return (nil, diagnostics) }
        let tests = found.map { test in
            (test.info, entrypoint: test.isTodo ? nil : engine.entrypoint(path(test)), prefix: test.prefix)
        }
        return (PolicyTestRunner(engine: engine, tests: tests, builtins: builtins, options: options), diagnostics)
    }

    /// Where the document of a test is: its name and the constant part of its ref behind it.
    private static func path(_ test: (info: RuleInfo, isTodo: Bool, prefix: [String])) -> String {
        ([test.info.path] + test.prefix).joined(separator: ".")
    }

    /// The modules with a name of its own for each definition of a test, and with marks where cases begin.
    private static func prepared(_ modules: [Module], marksCases: Bool) -> [Module] {
        var counts: [String: Int] = [:]
        return modules.map { module in
            var module = module
            let package = module.package.path.constantPath.joined(separator: ".")
            for index in module.rules.indices where !module.rules[index].isDefault {
                guard let name = TestName(module.rules[index].head.ref), !name.isTodo else { continue }
                if marksCases { TestCaseMarks.inject(into: &module.rules[index], after: name) }
                let count = counts["\(package).\(name.text)", default: 0]
                counts["\(package).\(name.text)"] = count + 1
                if count > 0 { rename(&module.rules[index], name, count) }
            }
            return module
        }
    }

    private static func rename(_ rule: inout Rule, _ name: TestName, _ count: Int) {
        let suffix = count < 10 ? "#0\(count)" : "#\(count)"
        func renamed(_ ref: inout Ref) {
            let last = ref.terms[name.length - 1]
            let text = (last.stringOrVarName ?? "") + suffix
            ref.terms[name.length - 1] = Term(name.length == 1 ? .var(text) : .string(text), location: last.location)
        }
        renamed(&rule.head.ref)
        for index in rule.elseRules.indices { renamed(&rule.elseRules[index].head.ref) }
    }

    /// Runs one test.
    /// - Parameter onMark: sees the marks of an instrumented engine, for coverage.
    public func run(
        _ index: Int, on evaluator: Evaluator, budget: Budget, onMark: ((Int) -> Void)? = nil
    ) -> PolicyTest {
        let (info, entrypoint, prefix) = tests[index]
        var test = PolicyTest(
            package: "data." + info.package.joined(separator: "."), name: info.name, location: info.location,
            verdict: .skip)
        guard let entrypoint else { return test }
        let progress = Progress(engine.program, within: info.location, on: evaluator.context)
        if engine.program.marks.isEmpty {
            evaluator.machine.onMark = nil
        } else {
            evaluator.machine.onMark = { mark, frame in
                onMark?(mark)
                progress.reach(mark, frame)
            }
        }
        evaluator.budget = budget
        let start = MonotonicClock.now()
        evaluator.begin(input: .undefined)
        let outcome = evaluator.evaluate(entrypoint)
        test.duration = MonotonicClock.now() - start
        test.output = evaluator.context.output
        switch outcome {
        case .fault(let fault):
            test.verdict = .error
            test.fault = fault.diagnostic
        case .undefined:
            test.verdict = .fail
            test.cases = CaseResults(Value.undefined, tried: progress.tried).cases
        case .value(let value) where (value.kind == .object || !prefix.isEmpty) && !info.isPartialSet:
            let results = CaseResults(value, behind: prefix, tried: progress.tried)
            test.cases = results.cases
            test.verdict = results.isFailure ? .fail : .pass
        case .value(let value): test.verdict = value.isTrue ? .pass : .fail
        }
        if test.verdict == .fail { test.failure = progress.failure }
        return test
    }
}

extension Term {
    /// Whether it is a string constant.
    fileprivate var isText: Bool {
        if case .string = value { return true }
        return false
    }
}

/// The last expression of a test's own body that evaluation reached, with the variables it had, as a whole and for each
/// of its cases.
private final class Progress {
    private let program: Program
    private let rule: SourceRange
    private let context: EvaluationContext
    private var furthest: UInt32 = 0
    private var furthestOfCase: UInt32 = 0
    private var failures: [PolicyTest.Failure?] = []
    private(set) var failure: PolicyTest.Failure?

    init(_ program: Program, within rule: SourceRange, on context: EvaluationContext) {
        self.program = program
        self.rule = rule
        self.context = context
    }

    /// The cases that evaluation came to, each with where it last stopped.
    var tried: [(path: [String], failure: PolicyTest.Failure?)] {
        context.testCases.enumerated().map { index, path in (path, index < failures.count ? failures[index] : nil) }
    }

    func reach(_ mark: Int, _ frame: UnsafePointer<Value>) {
        let info = program.marks[mark]
        guard info.kind == .expression, info.range.file === rule.file, info.range.start >= rule.start,
            info.range.end <= rule.end
        else { return }
        let count = context.testCases.count
        if failures.count < count {
            failures += Array(repeating: nil, count: count - failures.count)
            furthestOfCase = 0
        }
        let isFurthest = info.range.start >= furthest
        let isFurthestOfCase = count > 0 && info.range.start >= furthestOfCase
        guard isFurthest || isFurthestOfCase else { return }
        let reached = PolicyTest.Failure(
            expression: info.range,
            variables: info.variables.map { variable in
                let text = RegoTermWriter.short(program.value(ofOperand: variable.operand, in: frame))
                return (variable.name, PolicyTest.Failure.shortened(text), text)
            })
        if isFurthest { (furthest, failure) = (info.range.start, reached) }
        if isFurthestOfCase { (furthestOfCase, failures[count - 1]) = (info.range.start, reached) }
    }
}

extension PolicyTestRunner {
    /// How many failures are explained; who has more looks at the first ones first.
    private static let mostExplained = 500

    /// The tests with the values of what their failing expressions compare.
    /// - Parameter prepare: sets up what builtins see, as for the tests themselves.
    public func explained(
        _ tests: [PolicyTest], data: Value, budget: Budget, prepare: @escaping (EvaluationContext) -> Void
    ) -> [PolicyTest] {
        var tests = tests
        var failures: [PolicyTest.Failure] = []
        Self.eachFailure(in: &tests) { failures.append($0) }
        if failures.isEmpty { return tests }
        let values = FailureValues(
            modules: engine.modules, builtins: builtins, options: options, data: data, budget: budget, prepare: prepare)
        let explained = values.explained(Array(failures.prefix(Self.mostExplained)))
        var next = 0
        Self.eachFailure(in: &tests) { failure in
            if next < explained.count { failure = explained[next] }
            next += 1
        }
        return tests
    }

    /// Visits the failures that reports show: those of cases, or of a test without cases.
    private static func eachFailure(in tests: inout [PolicyTest], _ visit: (inout PolicyTest.Failure) -> Void) {
        func each(_ failure: inout PolicyTest.Failure?) {
            guard var own = failure else { return }
            visit(&own)
            failure = own
        }
        func each(_ cases: inout [PolicyTest.Case]) {
            for index in cases.indices where cases[index].verdict == .fail {
                each(&cases[index].failure)
                each(&cases[index].cases)
            }
        }
        for index in tests.indices where tests[index].verdict == .fail {
            if tests[index].cases.isEmpty { each(&tests[index].failure) }
            each(&tests[index].cases)
        }
    }
}

extension PolicyTest.Failure {
    /// A value as text of a readable length.
    public static func shortened(_ text: String) -> String {
        let limit = 200
        guard text.utf8.count > limit else { return text }
        return String(text.prefix(limit)) + "… (\(text.utf8.count) bytes)"
    }
}
