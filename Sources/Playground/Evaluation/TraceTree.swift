import Diagnostics
import Documents
import RegoRuntime

/// The events of an evaluation as a tree: rules hold the expressions of their bodies, expressions the rules they call and
/// the expressions of the bodies inside them.
struct TraceTree {
    private struct Node {
        var isRule: Bool
        var range: SourceRange
        var bindings: [(name: String, value: String)]
        /// Whether it is what a `not` negates, which stands at the same place.
        var isNegated = false
        var isPassed = false
        var children: [Int] = []
    }

    /// A body under way: of a rule or query, or inside an expression.
    private struct Frame {
        var depth: Int
        /// The rule, or the expression around the body; nil for a query.
        var node: Int?
        var isNegated = false
        var last: Int?
        /// The nodes of its expressions by their marks, the latest of each.
        var nodes: [Int: Int] = [:]
    }

    private var nodes: [Node] = []
    private var roots: [Int] = []
    private var open: [Frame] = []
    private(set) var dropped = 0
    private let limit: Int
    private let owners: [Int]
    /// Bytes of bindings that may still be kept.
    private var room = 2 << 20

    init(_ marks: [Program.Mark], limit: Int) {
        self.limit = limit
        owners = Self.owners(marks)
    }

    /// For the marks that tell of an expression's end or of a body inside it, the mark of that expression.
    private static func owners(_ marks: [Program.Mark]) -> [Int] {
        var owners = Array(repeating: -1, count: marks.count), begun: [Int] = []
        for (number, mark) in marks.enumerated() {
            switch mark.kind {
            case .expression: begun.append(number)
            case .passed: owners[number] = begun.popLast() ?? -1
            case .body, .solution: owners[number] = begun.last ?? -1
            case .rule, .exit: begun = []
            }
        }
        return owners
    }

    mutating func add(_ number: Int, _ mark: Program.Mark, depth: Int, value: (Int) -> Value) {
        guard nodes.count < limit else {
            dropped += 1
            return
        }
        while let top = open.last, top.depth > depth { open.removeLast() }
        switch mark.kind {
        case .rule:
            while let top = open.last, top.depth >= depth { open.removeLast() }
            let node = append(mark, isRule: true, below: open.last?.last, value)
            open.append(Frame(depth: depth, node: node))
        case .exit:
            let frame = open.last { $0.depth == depth && $0.node.map { nodes[$0].isRule } ?? false }
            if let node = frame?.node { nodes[node].isPassed = true }
        case .expression: begin(number, mark, depth, value)
        case .passed:
            guard let place = frame(of: owners[number], depth), let node = open[place].nodes[owners[number]] else { return }
            nodes[node].isPassed = true
            open.removeLast(open.count - place - 1)
        case .body(let kind):
            guard let place = frame(of: owners[number], depth) else { return }
            open.removeLast(open.count - place - 1)
            open.append(Frame(depth: depth, node: open[place].nodes[owners[number]], isNegated: kind == .not))
        case .solution: return
        }
    }

    private mutating func begin(_ number: Int, _ mark: Program.Mark, _ depth: Int, _ value: (Int) -> Value) {
        if open.last?.depth != depth { open.append(Frame(depth: depth)) }
        let place = open.count - 1
        // A part that is compiled on its own, as below `with`, is the same expression to its reader.
        if let last = open[place].last, nodes[last].range == mark.range, !nodes[last].isPassed,
            !open[place].nodes.keys.contains(number)
        {
            open[place].nodes[number] = last
            return
        }
        let node = append(mark, isRule: false, below: open[place].node, value)
        if open[place].isNegated, let owner = open[place].node { nodes[node].isNegated = nodes[owner].range == mark.range }
        open[place].last = node
        open[place].nodes[number] = node
    }

    /// The innermost body of a call that has evaluated an expression.
    private func frame(of mark: Int, _ depth: Int) -> Int? {
        open.indices.last { open[$0].depth == depth && open[$0].nodes[mark] != nil }
    }

    private mutating func append(
        _ mark: Program.Mark, isRule: Bool, below parent: Int?, _ value: (Int) -> Value
    ) -> Int {
        var bindings: [(name: String, value: String)] = []
        for variable in mark.variables.prefix(40) where room > 0 {
            let bound = value(variable.operand)
            if bound.isUndefined { continue }
            bindings.append((variable.name, ValueText.term(bound, limit: 200)))
            room -= bindings[bindings.count - 1].value.utf8.count
        }
        let number = nodes.count
        nodes.append(Node(isRule: isRule, range: mark.range, bindings: bindings))
        if let parent { nodes[parent].children.append(number) } else { roots.append(number) }
        return number
    }

    var json: JSON {
        .object([("nodes", .array(roots.map { json($0) })), ("dropped", .int(dropped))])
    }

    private func json(_ number: Int) -> JSON {
        let node = nodes[number]
        var line = node.range.text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
        if node.isNegated, line.hasPrefix("not ") { line = line.dropFirst(4).trimmed }
        return .members([
            "kind": .string(node.isRule ? "rule" : "expression"), "text": .string(String(line.prefix(200))),
            "at": .place(node.range),
            "outcome": .bool(node.isPassed),
            "bindings": node.bindings.isEmpty
                ? nil : .array(node.bindings.map { .object([("name", .string($0.name)), ("value", .string($0.value))]) }),
            "children": node.children.isEmpty ? nil : .array(node.children.map { json($0) }),
        ])
    }
}
