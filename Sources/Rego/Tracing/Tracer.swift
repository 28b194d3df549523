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
        var steps = TraceSteps(marks: program.marks)
        for (index, event) in events.enumerated() {
            steps.add(TraceSteps.Entry(index: index, mark: event.mark, depth: event.depth), program.marks[event.mark])
        }
        if dropped == 0 { steps.finish() }
        var text = ""
        for (operation, index) in steps.lines {
            switch level {
            case .off, .notes: continue
            case .fails where operation != .fail: continue
            case .fails, .full, .debug: text += line(events[index], operation)
            }
        }
        if dropped > 0 { text += "… \(dropped) more events\n" }
        return text
    }

    private func line(_ event: Event, _ operation: TraceSteps.Operation) -> String {
        let mark = program.marks[event.mark]
        let place = "\(mark.range.file.path):\(mark.range.position.line)"
        let padding = String(repeating: " ", count: max(1, 24 - place.count))
        let indent = String(repeating: "| ", count: max(event.depth - 1, 0) + (mark.kind == .expression ? 1 : 0))
        let source = mark.range.text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
        let variables =
            event.variables.isEmpty ? "" : "  {" + event.variables.map { "\($0.name): \($0.value)" }.joined(separator: ", ") + "}"
        return "\(place)\(padding)\(indent)\(operation.rawValue) \(source)\(variables)\n"
    }
}

/// Makes of what a machine reports the events of OPA's evaluation: an expression that gives no solution has failed, and
/// before a search goes on from an earlier expression all later ones are redone, last first.
struct TraceSteps {
    enum Operation: String {
        case enter = "Enter"
        case eval = "Eval"
        case exit = "Exit"
        case redo = "Redo"
        case fail = "Fail"
    }

    struct Entry {
        /// Number of the event.
        var index: Int
        var mark: Int
        var depth: Int
        var hasPassed = false
        /// A rule's body, whose solutions are told by its expressions.
        var isRule = false
    }

    private let marks: [Program.Mark]
    private(set) var lines: [(Operation, Int)] = []
    private var open: [Entry] = []
    /// The places of open expressions by where they stand in the source, for `passed`, which has a mark of its own.
    private var ranges: [SourceRange] = []

    init(marks: [Program.Mark]) { self.marks = marks }

    /// Whether the mark `end` tells that the expression of the mark `start` has passed: between them, as many pass as begin.
    private func isPair(_ start: Int, _ end: Int) -> Bool {
        guard start < end else { return false }
        var begun = 0
        for mark in marks[(start + 1)..<end] {
            if mark.kind == .expression { begun += 1 }
            if mark.kind == .passed { begun -= 1 }
            if begun < 0 { return false }
        }
        return begun == 0
    }

    mutating func add(_ entry: Entry, _ mark: Program.Mark) {
        switch mark.kind {
        case .rule:
            while let last = open.last, last.depth >= entry.depth { close(last) }
            lines.append((.enter, entry.index))
            push(Entry(index: entry.index, mark: entry.mark, depth: entry.depth, isRule: true), mark.range)
        case .expression:
            lines.append((.eval, entry.index))
            push(entry, mark.range)
        case .passed:
            guard let place = open.indices.last(where: { isPair(open[$0].mark, entry.mark) && open[$0].depth == entry.depth })
            else { return }
            if open[place].hasPassed {
                // Its next solution: what came after the last one is done.
                while open.count > place + 1, let last = open.last { close(last) }
                lines.append((.redo, open[place].index))
            } else {
                settle(above: place, entry.depth)
            }
            raise(place)
        case .exit:
            lines.append((.exit, entry.index))
            if let place = open.indices.last(where: { open[$0].isRule && open[$0].depth == entry.depth }) { raise(place) }
        }
    }

    /// Notes that an entry has passed: it is redone before what passed earlier.
    private mutating func raise(_ place: Int) {
        var entry = open.remove(at: place)
        entry.hasPassed = true
        push(entry, ranges.remove(at: place))
    }

    /// What an expression that has passed tried inside: what failed has failed; the bodies of comprehensions are done.
    private mutating func settle(above place: Int, _ depth: Int) {
        var kept: [(Entry, SourceRange)] = []
        while open.count > place + 1, let last = open.last, let range = ranges.last {
            if last.depth > depth, last.hasPassed || last.isRule {
                kept.append((last, range))
                pop()
            } else {
                close(last)
            }
        }
        for (entry, range) in kept.reversed() { push(entry, range) }
    }

    /// Ends the trace: nothing is looked for any more.
    mutating func finish() { while let last = open.last { close(last) } }

    private mutating func push(_ entry: Entry, _ range: SourceRange) {
        open.append(entry)
        ranges.append(range)
    }

    private mutating func pop() {
        open.removeLast()
        ranges.removeLast()
    }

    private mutating func close(_ entry: Entry) {
        if entry.hasPassed { lines.append((.redo, entry.index)) } else if !entry.isRule { lines.append((.fail, entry.index)) }
        pop()
    }
}
