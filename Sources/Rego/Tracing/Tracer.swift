import Diagnostics
import Documents
import RegoRuntime

/// Records what an instrumented engine does and prints it in the manner of `opa eval --explain`.
public final class Tracer {
    public enum Level: String, Sendable, CaseIterable { case off, notes, fails, full, debug }

    private struct Event {
        var mark: Int
        var depth: Int
        var variables: [(name: String, value: String)]
    }

    private let program: Program
    private let level: Level
    private var events: [Event] = []
    /// Events beyond this are counted, not kept.
    private let limit: Int
    private var dropped = 0
    private let traits: RuleTraits

    /// Starts to record the evaluations of an evaluator.
    public init(_ evaluator: Evaluator, level: Level, limit: Int = 200_000) {
        program = evaluator.engine.program
        traits = RuleTraits(evaluator.engine.modules)
        self.level = level
        self.limit = limit
        let machine = evaluator.machine
        machine.onMark = { [weak self, unowned machine] mark, frame in self?.record(mark, frame, depth: machine.depth) }
    }

    private func record(_ mark: Int, _ frame: UnsafePointer<Value>, depth: Int) {
        guard events.count < limit else {
            dropped += 1
            return
        }
        let wantsVariables = level == .debug || level == .fails
        let variables = wantsVariables ? program.marks[mark].variables : []
        let values = variables.map { variable in
            (variable.name, RegoTermWriter.short(program.value(ofOperand: variable.operand, in: frame)))
        }
        events.append(Event(mark: mark, depth: depth, variables: values))
    }

    /// The recorded trace as text, one event a line.
    public var text: String {
        var steps = TraceSteps(marks: program.marks, traits: traits)
        for (index, event) in events.enumerated() {
            steps.add(TraceSteps.Entry(index: index, mark: event.mark, depth: event.depth), program.marks[event.mark])
        }
        if dropped == 0 { steps.finish() }
        var text = ""
        for step in steps.lines {
            switch level {
            case .off, .notes: continue
            case .fails where step.operation != .fail: continue
            case .fails, .full, .debug: text += line(events[step.index], step)
            }
        }
        if dropped > 0 { text += "… \(dropped) more events\n" }
        return text
    }

    private func line(_ event: Event, _ step: TraceSteps.Line) -> String {
        let mark = program.marks[event.mark]
        let place = "\(mark.range.file.path):\(mark.range.position.line)"
        let padding = String(repeating: " ", count: max(1, 24 - place.count))
        let indent = String(
            repeating: "| ", count: max(event.depth - 1, 0) + (mark.kind == .rule || mark.kind == .exit ? 0 : 1) + step.nesting)
        var source = mark.range.text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
        if step.isNegated, source.hasPrefix("not ") { source = String(source.dropFirst(4).drop { $0 == " " }) }
        let variables =
            event.variables.isEmpty ? "" : "  {" + event.variables.map { "\($0.name): \($0.value)" }.joined(separator: ", ") + "}"
        return "\(place)\(padding)\(indent)\(step.operation.rawValue) \(source)\(variables)\n"
    }
}
