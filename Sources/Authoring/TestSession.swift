package import Documents
package import Rego
package import RegoNetwork
package import RegoRuntime
import Dispatch
import Synchronization

/// Runs all tests of a runner, several at once, and joins what they reached.
package struct TestSession: @unchecked Sendable {
    // The runner, its engine and the base documents are immutable; each worker has an evaluator of its own.
    private let runner: PolicyTestRunner
    private let data: Document
    private let budget: Budget
    private let now: Int64
    private let strictBuiltinErrors: Bool
    private let runtime: Document?
    private let network: NetworkAccess?

    package init(
        runner: PolicyTestRunner, data: Document, budget: Budget, now: Int64, strictBuiltinErrors: Bool,
        runtime: Document? = nil, network: NetworkAccess? = nil
    ) {
        self.runner = runner
        self.data = data
        self.budget = budget
        self.now = now
        self.strictBuiltinErrors = strictBuiltinErrors
        self.runtime = runtime
        self.network = network
    }

    /// How long one run of a test takes.
    package struct Figure: Sendable {
        package var name: String
        /// Number of runs; 0 for a test that does not pass.
        package var evaluations: Int
        /// Nanoseconds of one run.
        package var time: Int64

        /// As Go's benchmarks are written.
        package var line: String {
            evaluations == 0 ? "\(name)\tFAIL\n" : "\(name)\t\(evaluations)\t\(time) ns/op\n"
        }
    }

    /// Runs each test that passes over and over for some time; skipped tests are left out.
    package func measure(seconds: Double) -> [Figure] {
        let evaluator = Evaluator(runner.engine, data: data.root, strictBuiltinErrors: strictBuiltinErrors)
        evaluator.context.now = now
        if let runtime { evaluator.context.runtime = runtime.root }
        network?.install(in: evaluator.context)
        return runner.tests.indices.compactMap { index in
            let first = runner.run(index, on: evaluator, budget: budget)
            let name = "\(first.package).\(first.name)"
            if first.verdict == .skip { return nil }
            guard first.verdict == .pass else { return Figure(name: name, evaluations: 0, time: 0) }
            var total: Int64 = 0, runs = 0
            while Double(total) < seconds * 1e9, runs < 1_000_000 {
                total += runner.run(index, on: evaluator, budget: budget).duration
                runs += 1
            }
            return Figure(name: name, evaluations: runs, time: total / Int64(max(runs, 1)))
        }
    }

    /// The verdicts in source order, each test run `count` times, and the coverage of all.
    package func run(count: Int, width: Int) -> (tests: [PolicyTest], coverage: Coverage) {
        let total = runner.tests.count
        let next = Atomic<Int>(0)
        let results = Mutex<(tests: [PolicyTest?], coverage: Coverage)>(
            (Array(repeating: nil, count: total), Coverage(runner.engine.program)))
        DispatchQueue.concurrentPerform(iterations: max(1, min(width, total))) { _ in
            let evaluator = Evaluator(runner.engine, data: data.root, strictBuiltinErrors: strictBuiltinErrors)
            evaluator.context.now = now
            if let runtime { evaluator.context.runtime = runtime.root }
            network?.install(in: evaluator.context)
            var coverage = Coverage(runner.engine.program)
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                if index >= total { break }
                var test = runner.run(index, on: evaluator, budget: budget) { coverage.hit($0) }
                for _ in 1..<count where test.verdict == .pass {
                    test = runner.run(index, on: evaluator, budget: budget) { coverage.hit($0) }
                }
                results.withLock { $0.tests[index] = test }
            }
            results.withLock { $0.coverage.merge(coverage) }
        }
        let (tests, coverage) = results.withLock { ($0.tests.compactMap { $0 }, $0.coverage) }
        let explained = runner.explained(tests, data: data.root, budget: budget) { context in
            context.now = now
            if let runtime { context.runtime = runtime.root }
            network?.install(in: context)
        }
        return (explained, coverage)
    }
}
