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

    /// What comes first in a profile.
    public enum Order: String, Sendable, CaseIterable {
        case time = "total_time_ns"
        case evaluations = "num_eval"
        case file
        case line
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

    /// Ends the measurement; the places that took the most time first, unless told.
    public func finish(by order: Order = .time) -> [Entry] {
        if let last { times[last.mark] += MonotonicClock.now() - last.start }
        last = nil
        return program.marks.indices.filter { counts[$0] > 0 && program.marks[$0].kind == .expression }
            .map { Entry(range: program.marks[$0].range, time: times[$0], evaluations: counts[$0]) }
            .sorted { left, right in
                switch order {
                case .time: (left.time, right.range.start) > (right.time, left.range.start)
                case .evaluations: (left.evaluations, left.time) > (right.evaluations, right.time)
                case .file: (left.range.file.path, left.range.start) < (right.range.file.path, right.range.start)
                case .line: left.range.position.line < right.range.position.line
                }
            }
    }
}
