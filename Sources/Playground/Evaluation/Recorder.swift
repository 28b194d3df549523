import Diagnostics
import Documents
import Rego
import RegoRuntime

/// Watches an instrumented evaluation: lines reached, time of each expression, and a trace with bindings.
final class Recorder {
    /// Whether events are kept for the trace now.
    var isTracing = false
    var isRecording = true
    private(set) var coverage: Coverage
    private(set) var trace: TraceTree
    private let program: Program
    private let isTimed: Bool
    private var times: [Int64]
    private var counts: [Int]
    private var last: (mark: Int, start: Int64)?

    init(_ evaluator: Evaluator, isTimed: Bool, traceLimit: Int) {
        program = evaluator.engine.program
        coverage = Coverage(program)
        trace = TraceTree(program.marks, limit: traceLimit)
        self.isTimed = isTimed
        times = Array(repeating: 0, count: program.marks.count)
        counts = Array(repeating: 0, count: program.marks.count)
        let machine = evaluator.machine
        machine.onMark = { [weak self, unowned machine] mark, frame in self?.reach(mark, frame, machine.depth) }
    }

    private func reach(_ mark: Int, _ frame: UnsafePointer<Value>, _ depth: Int) {
        guard isRecording else { return }
        coverage.hit(mark)
        if isTimed {
            let now = MonotonicClock.now()
            if let last { times[last.mark] += now - last.start }
            counts[mark] += 1
            last = (mark, now)
        }
        if isTracing { trace.add(mark, program.marks[mark], depth: depth) { program.value(ofOperand: $0, in: frame) } }
    }

    /// Ends the time of the last expression; call it after each evaluation.
    func pause() {
        if let last { times[last.mark] += MonotonicClock.now() - last.start }
        last = nil
    }

    /// Time and count of a place.
    struct Row {
        var rule: String?
        var range: SourceRange
        var time: Int64
        var evaluations: Int

        var json: JSON {
            .members([
                "rule": rule.map(JSON.string), "text": .string(String(range.text.prefix(200))), "at": .place(range),
                "microseconds": .double(Double(time) / 1000), "evaluations": .int(evaluations),
            ])
        }
    }

    /// The slowest expressions, and the rules with the time of their expressions.
    func profile(rules: [RuleInfo]) -> (rules: [Row], expressions: [Row]) {
        var expressions: [Row] = [], byRule: [Int: Row] = [:]
        let order = rules.indices.sorted { rules[$0].location.start < rules[$1].location.start }
        for index in program.marks.indices where counts[index] > 0 {
            let mark = program.marks[index]
            if mark.kind == .expression {
                expressions.append(Row(range: mark.range, time: times[index], evaluations: counts[index]))
            }
            let owner = order.last { number in
                let place = rules[number].location
                return place.file === mark.range.file && place.start <= mark.range.start && mark.range.end <= place.end
            }
            guard let owner else { continue }
            var row = byRule[owner] ?? Row(rule: rules[owner].path, range: rules[owner].location, time: 0, evaluations: 0)
            row.time += times[index]
            if mark.kind == .rule { row.evaluations += counts[index] }
            byRule[owner] = row
        }
        func slowest(_ rows: some Sequence<Row>) -> [Row] {
            rows.sorted { ($0.time, $1.range.start) > ($1.time, $0.range.start) }
        }
        return (slowest(byRule.values), Array(slowest(expressions).prefix(100)))
    }
}
