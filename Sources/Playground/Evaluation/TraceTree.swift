import Diagnostics
import Documents
import RegoRuntime

/// The events of an evaluation as a tree: rules hold the expressions of their bodies, expressions the rules they call.
struct TraceTree {
    private struct Node {
        var isRule: Bool
        var range: SourceRange
        var bindings: [(name: String, value: String)]
        var isPassed = false
        var children: [Int] = []
    }

    private var nodes: [Node] = []
    private var roots: [Int] = []
    /// The rule and the last expression of each call under way.
    private var open: [(depth: Int, rule: Int?, expression: Int?)] = []
    private(set) var dropped = 0
    private let limit: Int
    /// Bytes of bindings that may still be kept.
    private var room = 2 << 20

    init(limit: Int) { self.limit = limit }

    mutating func add(_ mark: Program.Mark, depth: Int, value: (Int) -> Value) {
        guard nodes.count < limit else {
            dropped += 1
            return
        }
        while let top = open.last, top.depth > depth { open.removeLast() }
        switch mark.kind {
        case .rule:
            if open.last?.depth == depth { open.removeLast() }
            open.append((depth, append(mark, isRule: true, value), nil))
        case .exit:
            guard let top = open.last, top.depth == depth else { return }
            if let rule = top.rule { nodes[rule].isPassed = true }
            if let expression = top.expression { nodes[expression].isPassed = true }
        case .passed:
            guard let top = open.last, top.depth == depth, let last = top.expression, nodes[last].range == mark.range else {
                return
            }
            nodes[last].isPassed = true
        case .body, .solution: return
        case .expression:
            if open.last?.depth != depth { open.append((depth, nil, nil)) }
            let last = open[open.count - 1].expression
            if let last, Self.goesOn(from: nodes[last].range, to: mark.range) { nodes[last].isPassed = true }
            open[open.count - 1].expression = append(mark, isRule: false, value)
        }
    }

    /// Whether evaluation that reaches `next` got past `last`: it stands behind it, or holds it as a part.
    private static func goesOn(from last: SourceRange, to next: SourceRange) -> Bool {
        guard last.file === next.file else { return false }
        return next.start > last.start || next.end > last.end || next.start < last.start && next.end == last.end
    }

    private mutating func append(_ mark: Program.Mark, isRule: Bool, _ value: (Int) -> Value) -> Int {
        var bindings: [(name: String, value: String)] = []
        for variable in mark.variables.prefix(40) where room > 0 {
            let bound = value(variable.operand)
            if bound.isUndefined { continue }
            bindings.append((variable.name, ValueText.term(bound, limit: 200)))
            room -= bindings[bindings.count - 1].value.utf8.count
        }
        let number = nodes.count
        nodes.append(Node(isRule: isRule, range: mark.range, bindings: bindings))
        let parent = isRule ? open.last { $0.expression != nil }?.expression : open.last?.rule
        if let parent { nodes[parent].children.append(number) } else { roots.append(number) }
        return number
    }

    var json: JSON {
        .object([("nodes", .array(roots.map { json($0) })), ("dropped", .int(dropped))])
    }

    private func json(_ number: Int) -> JSON {
        let node = nodes[number]
        let line = node.range.text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
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
