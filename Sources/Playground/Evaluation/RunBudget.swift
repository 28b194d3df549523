import Diagnostics
import Judging
import Rego
import RegoRuntime

/// The time of one request, shared by all its evaluations, and the steps and memory of each.
struct RunBudget: Sendable {
    private let limits: PlaygroundLimits
    private let deadline: Int64
    private let job: Job

    init(limits: PlaygroundLimits, job: Job) {
        self.limits = limits
        self.job = job
        deadline = MonotonicClock.now() + Int64(limits.seconds * 1e9)
    }

    /// Whether nothing more may be evaluated; builtins that take long ask too.
    var isSpent: Bool { job.isCancelled || MonotonicClock.now() > deadline }

    /// What one more evaluation may use.
    var remaining: Budget { Budget(instructions: limits.steps, memory: limits.memory, time: timeLeft) }

    /// The same for checks.
    var forChecks: CheckBudget {
        var budget = CheckBudget()
        (budget.instructions, budget.memory, budget.time) = (limits.steps, limits.memory, timeLeft)
        return budget
    }

    private var timeLeft: Int64 { max(0, deadline - MonotonicClock.now()) }

    func checkCancelled() throws {
        if job.isCancelled { throw CancellationError() }
    }

    /// The end of the time between two rules, as answers show it.
    static func cut(judged: Int, of count: Int) -> JSON {
        .object([
            ("budget", .string("time")),
            ("message", .string("the time is used up; \(judged) of \(count) resources are judged")),
        ])
    }

    /// A fault that came of the budget, as answers show it.
    static func stop(_ message: String, rule: String, at place: SourceRange? = nil, resource: Int? = nil) -> JSON {
        let budget = message.contains("memory") ? "memory" : message.contains("steps") ? "steps" : "time"
        return .members([
            "budget": .string(budget), "message": .string("\(message); \(rule) was stopped"), "rule": .string(rule),
            "at": place.map(JSON.place), "resource": resource.map(JSON.int),
        ])
    }
}

/// The time each part of a request takes.
struct Timings {
    private let start = MonotonicClock.now()
    private var last = MonotonicClock.now()
    private var parts: [String: Double] = [:]

    /// Counts the time since the last call as that of `part`.
    mutating func end(_ part: String) {
        let now = MonotonicClock.now()
        parts[part, default: 0] += Double(now - last) / 1e6
        last = now
    }

    var json: JSON {
        .object(
            ["parse", "compile", "evaluate"].map { ($0, .double(parts[$0] ?? 0)) }
                + [("total", .double(Double(MonotonicClock.now() - start) / 1e6))])
    }
}
