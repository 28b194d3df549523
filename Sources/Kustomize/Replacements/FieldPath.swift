/// A path such as `spec.containers.[name=web].image`, which may lead to several nodes.
struct FieldPath {
    private enum Step {
        case field(String)
        case index(Int)
        case every
        /// Elements whose field, or which themselves, match a regular expression.
        case matching(key: String, text: String, pattern: Pattern)
        case broken(String)

        /// The kind of node that such a step leads into.
        var isOfSequence: Bool {
            switch self {
            case .index, .matching: true
            default: false
            }
        }
    }

    private let steps: [Step]

    init(_ path: String, at node: Node?) throws(BuildError) {
        try self.init(PathText.splitBrackets(path, "."), at: node)
    }

    init(_ parts: [String], at node: Node?) throws(BuildError) {
        try PathText.require(parts.count, at: node)
        var steps: [Step] = []
        for part in parts { steps.append(try Self.step(part, node)) }
        self.steps = steps
    }

    private static func step(_ part: String, _ node: Node?) throws(BuildError) -> Step {
        if let index = Int(part), index >= 0 { return .index(index) }
        if part == "*" { return .every }
        guard part.hasPrefix("["), part.hasSuffix("]") else { return .field(part) }
        let inner = part.dropFirst().dropLast()
        guard let sign = inner.firstIndex(of: "=") else {
            return .broken("list path element must contain fieldName=fieldValue for element to match")
        }
        let text = String(inner[inner.index(after: sign)...])
        return .matching(key: String(inner[..<sign]), text: text, pattern: try Pattern(text, at: node))
    }

    /// All nodes that the path leads to; kustomize's `PathMatcher`.
    ///
    /// - Parameter making: the kind of node to make at the end of a path that does not exist; nil to make none.
    func nodes(in root: Node, making kind: Node.Kind? = nil) throws(BuildError) -> [Node] {
        try find(root, steps[...], kind)
    }

    private func find(_ node: Node, _ steps: ArraySlice<Step>, _ kind: Node.Kind?) throws(BuildError) -> [Node] {
        guard let step = steps.first else { return [node] }
        let rest = steps.dropFirst()
        switch step {
        case .field(let name): return try findField(node, name, rest, kind)
        case .broken(let message): throw BuildError(message)
        case .every:
            var found: [Node] = []
            for element in try elements(node) { found += try find(element, rest, kind) }
            return found
        case .index(let index):
            var items = try elements(node)
            if index == items.count, let kind {
                let made = Node(Self.kind(of: rest.first, kind))
                node.content.append(made)
                items.append(made)
            }
            guard index < items.count else {
                throw BuildError("index \(index) specified but only \(items.count) elements found", at: node)
            }
            return try find(items[index], rest, kind)
        case .matching(let key, let text, let pattern):
            return try findMatching(node, key, text, pattern, rest, kind)
        }
    }

    private static func kind(of next: Step?, _ kind: Node.Kind) -> Node.Kind {
        guard let next else { return kind }
        return next.isOfSequence ? .sequence : .mapping
    }

    private func elements(_ node: Node) throws(BuildError) -> [Node] {
        if node.isNull { return [] }
        guard node.kind == .sequence else { throw .wrongKind(node, expected: .sequence) }
        return node.content
    }

    private func findField(
        _ node: Node, _ name: String, _ rest: ArraySlice<Step>, _ kind: Node.Kind?
    ) throws(BuildError) -> [Node] {
        if node.isNull { return [] }
        guard node.kind == .mapping else { throw .wrongKind(node, expected: .mapping) }
        if let field = node.field(name) { return try find(field, rest, kind) }
        guard let kind else { return [] }
        let made = Node(Self.kind(of: rest.first, kind))
        node.content += [.scalar(name), made]
        return try find(made, rest, kind)
    }

    private func findMatching(
        _ node: Node, _ key: String, _ text: String, _ pattern: Pattern, _ rest: ArraySlice<Step>, _ kind: Node.Kind?
    ) throws(BuildError) -> [Node] {
        var found: [Node] = []
        for element in try elements(node) {
            if key.isEmpty {
                if element.kind == .scalar, pattern.matches(element.text.trimmed) { found.append(element) }
            } else if let value = element.field(key), pattern.matches(value.text.trimmed) {
                found += try find(element, rest, kind)
            }
        }
        guard found.isEmpty, let kind else { return found }
        let made = key.isEmpty ? Node.scalar(text) : Node(.mapping, content: [.scalar(key), .scalar(text)])
        node.content.append(made)
        return key.isEmpty ? [made] : try find(made, rest, kind)
    }

    /// The one node that the path leads to; kustomize's `PathGetter`, for which texts in brackets are plain.
    static func lookup(_ parts: [String], in root: Node) throws(BuildError) -> Node? {
        var node = root
        for part in parts where !part.trimmed.isEmpty {
            if node.isNull { return nil }
            guard let next = try next(part.trimmed, node) else { return nil }
            node = next
        }
        return node
    }

    private static func next(_ part: String, _ node: Node) throws(BuildError) -> Node? {
        let index = part == "-" ? max(0, node.content.count - 1) : Int(part)
        if let index {
            if index < 0 { throw BuildError("array index \(index) cannot be negative", at: node) }
            guard node.kind == .sequence else { throw .wrongKind(node, expected: .sequence) }
            return index < node.content.count ? node.content[index] : nil
        }
        if part.hasPrefix("["), part.hasSuffix("]") {
            guard node.kind == .sequence else { throw .wrongKind(node, expected: .sequence) }
            let inner = part.dropFirst().dropLast()
            guard let sign = inner.firstIndex(of: "=") else {
                throw BuildError("list path element must contain fieldName=fieldValue for element to match")
            }
            return node.element([String(inner[..<sign])], [String(inner[inner.index(after: sign)...])])
        }
        guard node.kind == .mapping else { throw .wrongKind(node, expected: .mapping) }
        return node.field(part)
    }
}
