import Diagnostics
import Documents
import Rego
import RegoRuntime

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Calls of one builtin from a policy.
struct BuiltinRun {
    let builtin: Builtin
    private let engine: Engine
    private let entrypoint: Entrypoint

    /// nil for a builtin that policies cannot call by its name.
    init?(_ builtin: Builtin, _ table: BuiltinTable) {
        self.builtin = builtin
        let arguments = builtin.arguments.indices.map { "input[\($0)]" }.joined(separator: ", ")
        let call =
            builtin.isRelation
            ? "[x | \(builtin.name)(\(arguments), x)]"
            : builtin.result == nil ? "true if \(builtin.name)(\(arguments))" : "[\(builtin.name)(\(arguments))]"
        let file = SourceFile(path: "p.rego", text: "package p\n\nr := \(call)\n")
        let (engine, _) = Engine.compile([ModuleSource(file: file)], entrypoints: ["data.p.r"], builtins: table)
        guard let engine, let entrypoint = engine.entrypoint("data.p.r") else { return nil }
        (self.engine, self.entrypoint) = (engine, entrypoint)
    }

    struct Result {
        var fault: EvaluationFault?
        /// Nanoseconds.
        var time: Int64
        /// Steps that the builtin charged.
        var steps: Int
        var isStopped: Bool { fault?.code == "eval_cancel_error" }
    }

    /// One call in an evaluation of its own; nil when there are no such arguments.
    func call(_ n: Int, budget: Budget) -> Result? {
        let arena = Arena.make(capacity: 1 << 16)
        defer { arena.destroy() }
        guard let arguments = GrowingArguments.arguments(of: builtin, n, in: arena) else { return nil }
        let evaluator = Evaluator(engine)
        evaluator.budget = budget
        evaluator.begin(input: arena.array(arguments))
        let start = ThreadClock.now()
        let outcome = evaluator.evaluate(entrypoint)
        let time = ThreadClock.now() - start
        var fault: EvaluationFault?
        if case .fault(let reason) = outcome { fault = reason }
        return Result(fault: fault, time: time, steps: evaluator.context.spentSteps)
    }
}

/// Nanoseconds that the thread has worked: other programs on the machine do not count.
enum ThreadClock {
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
