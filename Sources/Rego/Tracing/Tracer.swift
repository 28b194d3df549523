import Diagnostics
import Documents
import RegoRuntime

/// Records what an instrumented engine does and prints it in the manner of `opa eval --explain`.
public final class Tracer {
    public enum Level: String, Sendable, CaseIterable { case off, notes, fails, full, debug }

    private enum Operation: String {
        case enter = "Enter"
        case eval = "Eval"
        case exit = "Exit"
        case fail = "Fail"
    }

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

    /// Starts to record the evaluations of an evaluator.
    public init(_ evaluator: Evaluator, level: Level, limit: Int = 200_000) {
        program = evaluator.engine.program
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
        var text = ""
        for (index, event) in events.enumerated() {
            let mark = program.marks[event.mark]
            let hasFailed = mark.kind == .expression && !continues(after: index)
            switch level {
            case .off, .notes: continue
            case .fails: if hasFailed { text += line(event, .fail) }
            case .full, .debug:
                let operation: Operation =
                    switch mark.kind {
                    case .rule: .enter
                    case .expression: .eval
                    case .exit: .exit
                    }
                text += line(event, operation)
                if hasFailed { text += line(event, .fail) }
            }
        }
        if dropped > 0 { text += "… \(dropped) more events\n" }
        return text
    }

    /// Whether evaluation got past the expression: the next event of its frame stands after it.
    private func continues(after index: Int) -> Bool {
        let event = events[index]
        let range = program.marks[event.mark].range
        for next in events[(index + 1)...] {
            if next.depth > event.depth { continue }
            if next.depth < event.depth { return false }
            let mark = program.marks[next.mark]
            return mark.range.file === range.file && (mark.kind == .exit || mark.range.start > range.start)
        }
        return index == events.count - 1 && program.marks[event.mark].kind != .expression
    }

    private func line(_ event: Event, _ operation: Operation) -> String {
        let mark = program.marks[event.mark]
        let place = "\(mark.range.file.path):\(mark.range.position.line)"
        let padding = String(repeating: " ", count: max(1, 24 - place.count))
        let indent = String(repeating: "| ", count: max(event.depth - 1, 0))
        let source = mark.range.text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
        let variables =
            event.variables.isEmpty ? "" : "  {" + event.variables.map { "\($0.name): \($0.value)" }.joined(separator: ", ") + "}"
        return "\(place)\(padding)\(indent)\(operation.rawValue) \(source)\(variables)\n"
    }
}
