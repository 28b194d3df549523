import Documents
public import RegoRuntime
public import RegoSyntax
public import Diagnostics

/// Runs the tests of Rego modules as `opa test` does: rules named `test_…`, each defined and true.
public struct PolicyTestRunner {
    public let engine: Engine
    public let tests: [(info: RuleInfo, entrypoint: Entrypoint?)]

    /// Compiles modules for testing; a test name that stands several times in a package gets `#01`, `#02`, … so that
    /// each definition is a test of its own.
    /// - Parameter isSelected: whether to run the test with this path (`data.app.test_allow`).
    public static func make(
        _ modules: [Module], builtins: BuiltinTable, options: CompileOptions, isSelected: (String) -> Bool = { _ in true }
    ) -> (PolicyTestRunner?, [Diagnostic]) {
        let modules = separated(modules)
        var paths: [String] = []
        for module in modules {
            let package = "data." + module.package.path.constantPath.joined(separator: ".")
            paths += module.rules.filter { isTest($0.head.name) }.map { "\(package).\($0.head.name)" }
        }
        let (engine, diagnostics) = Engine.compile(
            parsed: modules, entrypoints: Array(Set(paths)).sorted(), builtins: builtins, options: options)
        guard let engine else { return (nil, diagnostics) }
        var seen = Set<String>()
        let tests = engine.rules.filter { info in
            (isTest(info.name) || isTodo(info.name)) && !info.isFunction && isSelected(info.path)
                && seen.insert(info.path).inserted
        }
        return (PolicyTestRunner(engine: engine, tests: tests.map { ($0, engine.entrypoint($0.path)) }), diagnostics)
    }

    static func isTest(_ name: String) -> Bool { name.hasPrefix("test_") }
    static func isTodo(_ name: String) -> Bool { name.hasPrefix("todo_test_") }

    private static func separated(_ modules: [Module]) -> [Module] {
        var counts: [String: Int] = [:]
        return modules.map { module in
            var module = module
            let package = module.package.path.constantPath.joined(separator: ".")
            for index in module.rules.indices {
                let name = module.rules[index].head.name
                guard isTest(name), module.rules[index].head.ref.terms.count == 1, !module.rules[index].isDefault else {
                    continue
                }
                let count = counts["\(package).\(name)", default: 0]
                counts["\(package).\(name)"] = count + 1
                guard count > 0 else { continue }
                let first = module.rules[index].head.ref.terms[0]
                let suffix = count < 10 ? "#0\(count)" : "#\(count)"
                module.rules[index].head.ref.terms[0] = Term(.var(name + suffix), location: first.location)
            }
            return module
        }
    }

    /// Runs one test.
    /// - Parameter onMark: sees the marks of an instrumented engine, for coverage.
    public func run(
        _ index: Int, on evaluator: Evaluator, budget: Budget, onMark: ((Int) -> Void)? = nil
    ) -> PolicyTest {
        let (info, entrypoint) = tests[index]
        var test = PolicyTest(
            package: "data." + info.package.joined(separator: "."), name: info.name, location: info.location,
            verdict: .skip)
        guard let entrypoint, !Self.isTodo(info.name) else { return test }
        let progress = Progress(engine.program, within: info.location)
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
        case .undefined: test.verdict = .fail
        case .value(let value) where value.kind == .object && !value.keys.isEmpty:
            test.cases = zip(value.keys, value.values).map { key, result in
                (key.kind == .string ? key.string : RegoTermWriter.string(key), result.isTrue ? .pass : .fail)
            }
            test.verdict = test.cases.allSatisfy { $0.verdict == .pass } ? .pass : .fail
        case .value(let value): test.verdict = value.isTrue ? .pass : .fail
        }
        if test.verdict == .fail { test.failure = progress.failure }
        return test
    }
}

/// The last expression of a test's own body that evaluation reached, with the variables it had.
private final class Progress {
    private let program: Program
    private let rule: SourceRange
    private var furthest: UInt32 = 0
    private(set) var failure: PolicyTest.Failure?

    init(_ program: Program, within rule: SourceRange) {
        self.program = program
        self.rule = rule
    }

    func reach(_ mark: Int, _ frame: UnsafePointer<Value>) {
        let info = program.marks[mark]
        guard info.kind == .expression, info.range.file === rule.file, info.range.start >= rule.start,
            info.range.end <= rule.end, info.range.start >= furthest
        else { return }
        furthest = info.range.start
        failure = PolicyTest.Failure(
            expression: info.range,
            variables: info.variables.map { variable in
                (variable.name, RegoTermWriter.string(program.value(ofOperand: variable.operand, in: frame)))
            })
    }
}
