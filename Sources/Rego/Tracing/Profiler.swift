public import Diagnostics
import RegoRuntime

/// Time and count of each expression that an instrumented engine evaluates (as `opa eval --profile`).
public final class Profiler {
    /// The figures of one place.
    public struct Entry: Sendable {
        public var range: SourceRange
        /// Nanoseconds until the next expression or rule started.
        public var time: Int64
        public var evaluations: Int
    }

    private let program: Program
    private var times: [Int64]
    private var counts: [Int]
    private var last: (mark: Int, start: Int64)?

    /// Starts to measure the evaluations of an evaluator.
    public init(_ evaluator: Evaluator) {
        program = evaluator.engine.program
        times = Array(repeating: 0, count: program.marks.count)
        counts = Array(repeating: 0, count: program.marks.count)
        evaluator.machine.onMark = { [weak self] mark, _ in self?.reach(mark) }
    }

    private func reach(_ mark: Int) {
        let now = MonotonicClock.now()
        if let last { times[last.mark] += now - last.start }
        counts[mark] += 1
        last = (mark, now)
    }

    /// Ends the measurement; the places that took the most time first.
    public func finish() -> [Entry] {
        if let last { times[last.mark] += MonotonicClock.now() - last.start }
        last = nil
        return program.marks.indices.filter { counts[$0] > 0 && program.marks[$0].kind == .expression }
            .map { Entry(range: program.marks[$0].range, time: times[$0], evaluations: counts[$0]) }
            .sorted { ($0.time, $1.range.start) > ($1.time, $0.range.start) }
    }
}
