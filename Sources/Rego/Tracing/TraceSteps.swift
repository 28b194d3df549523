import Diagnostics
import RegoRuntime

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
        /// A rule that had a solution and is not come back to: a set was told so before, and the caller's first solution may
        /// have ended the search.
        var isLeft = false
        /// A part of an expression that is told already.
        var isSilent = false
        /// A body inside an expression.
        var body: Program.Mark.Body?
        /// What an expression has inside; such a `not` is not redone, and of an `every` the elements are.
        var inner: Program.Mark.Body?
    }

    private let marks: [Program.Mark]
    /// What is told of an event.
    struct Line {
        var operation: Operation
        /// Number of the event.
        var index: Int
        /// How many bodies inside expressions it stands in.
        var nesting: Int
        /// Whether it is about what a `not` negates; that stands at the same place.
        var isNegated: Bool
    }

    private(set) var lines: [Line] = []
    private var open: [Entry] = []
    /// The places of open expressions by where they stand in the source, for `passed`, which has a mark of its own.
    private var ranges: [SourceRange] = []

    private let traits: RuleTraits

    init(marks: [Program.Mark], traits: RuleTraits) { (self.marks, self.traits) = (marks, traits) }

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
            say(.enter, entry)
            push(Entry(index: entry.index, mark: entry.mark, depth: entry.depth, isRule: true), mark.range)
        case .expression:
            // A part that is compiled on its own, as below `with`, is the same expression to its reader.
            if let last = open.last, !last.isRule, last.body == nil, !last.hasPassed, last.depth == entry.depth,
                marks[last.mark].range == mark.range
            {
                var silent = entry
                silent.isSilent = true
                push(silent, mark.range)
                return
            }
            say(.eval, entry)
            push(entry, mark.range)
        case .passed: pass(entry)
        case .exit:
            settleSets(above: entry.depth)
            say(.exit, entry)
            guard let place = open.indices.last(where: { open[$0].isRule && open[$0].depth == entry.depth }) else { return }
            let range = marks[open[place].mark].range
            if traits.isMulti(range) {
                // A set goes on at once, whoever asked for it, and may have more elements.
                say(.redo, open[place])
                (open[place].isLeft, open[place].hasPassed) = (true, true)
                return
            }
            if traits.exitsEarly(range) {
                leaveRules(above: -1, depth: entry.depth)
            }
            raise(place)
        case .body(let kind): begin(kind, entry, mark)
        case .solution:
            guard let place = open.indices.last(where: { open[$0].body != nil && open[$0].depth == entry.depth }) else { return }
            say(.exit, open[place], deeper: -1)
            say(.redo, open[place], deeper: -1)
            // One solution is enough for an element of `every`.
            if open[place].body == .every { leaveRules(above: place) }
        }
    }

    /// Tells an operation, below the bodies that are open.
    private mutating func say(_ operation: Operation, _ entry: Entry, deeper: Int = 0) {
        if entry.isSilent { return }
        // The elements of `every` are looked for in a query of their own.
        let level = open.reduce(0) { $0 + ($1.body == nil ? 0 : $1.body == .every ? 2 : 1) }
        let body = entry.body == nil ? open.last { $0.body != nil } : entry
        let isNegated = body.map { $0.body == .not && marks[$0.mark].range == marks[entry.mark].range } ?? false
        lines.append(Line(operation: operation, index: entry.index, nesting: level + deeper, isNegated: isNegated))
    }

    /// Notes that the rules above a place, called by frames at `depth`, are not come back to.
    private mutating func leaveRules(above place: Int, depth: Int = 0) {
        for inner in open.indices.dropFirst(place + 1) where open[inner].isRule && open[inner].depth > depth {
            open[inner].isLeft = true
        }
    }

    private mutating func pass(_ entry: Entry) {
        guard
            let place = open.indices.last(where: { place in
                let other = open[place]
                return other.body == nil && !other.isRule && other.depth == entry.depth && isPair(other.mark, entry.mark)
            })
        else { return }
        if open[place].hasPassed {
            // Its next solution: what came after the last one is done.
            while open.count > place + 1, let last = open.last { close(last) }
            say(.redo, open[place])
        } else {
            settle(above: place, entry.depth)
        }
        if open[place].inner == .not {
            // There is no other solution to come back for.
            while open.count > place, let last = open.last { last.inner == .not && open.count == place + 1 ? pop() : close(last) }
        } else {
            raise(place)
        }
    }

    /// A body inside the last open expression begins: that of `every` for each element.
    private mutating func begin(_ kind: Program.Mark.Body, _ entry: Entry, _ mark: Program.Mark) {
        if let owner = open.indices.last(where: {
            open[$0].depth == entry.depth && !open[$0].isRule && open[$0].body == nil && !open[$0].hasPassed
        }) {
            if kind == .every {
                if open[owner].inner == nil {
                    say(.enter, open[owner])
                    say(.eval, open[owner], deeper: 1)
                }
                while open.count > owner + 1, let last = open.last { close(last) }
            }
            open[owner].inner = kind
        }
        var body = entry
        body.body = kind
        say(.enter, body, deeper: kind == .every ? 1 : 0)
        push(body, mark.range)
    }

    /// The rules of sets that a frame has called are done: all solutions were looked for.
    private mutating func settleSets(above depth: Int, from start: Int = 0) {
        let sets = open.dropFirst(start).filter { entry in
            entry.isRule && entry.depth > depth && traits.isMulti(marks[entry.mark].range)
        }
        guard let first = sets.map(\.depth).min() else { return }
        while open.count > start, let last = open.last, last.depth >= first { close(last) }
    }

    /// So are the bodies inside an expression that has passed.
    private mutating func settleBodies(from start: Int) {
        guard let body = open.indices.dropFirst(start).first(where: { open[$0].body != nil }) else { return }
        while open.count > body, let last = open.last { close(last) }
    }

    /// Notes that an entry has passed: it is redone before what passed earlier.
    private mutating func raise(_ place: Int) {
        var entry = open.remove(at: place)
        entry.hasPassed = true
        push(entry, ranges.remove(at: place))
    }

    /// What an expression that has passed tried inside: what failed has failed; the bodies of comprehensions are done.
    private mutating func settle(above place: Int, _ depth: Int) {
        settleSets(above: depth, from: place + 1)
        settleBodies(from: place + 1)
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
        pop()
        if entry.body != nil {
            // Each element of `every` is followed by the search for the next.
            if entry.body == .every, let owner = open.last(where: { $0.inner == .every }) { say(.redo, owner, deeper: 1) }
        } else if entry.isRule {
            if entry.hasPassed, !entry.isLeft { say(.redo, entry) }
        } else if entry.hasPassed {
            say(.redo, entry)
            if entry.inner == .every { say(.exit, entry) }
        } else {
            if entry.inner == .every { say(.fail, entry, deeper: 1) }
            say(.fail, entry)
        }
    }
}
