public import Diagnostics

extension Document {
    /// A node of a document: how it is reached and where it stands.
    public struct Place: Sendable {
        public var path: DocumentPath
        /// The node's value in the source.
        public var span: ByteSpan
        /// The node's key, when it is a member of an object.
        public var keySpan: ByteSpan?
        /// The existing node that the spans belong to.
        public var value: Value
    }

    /// The path of a collection that is part of this document, found by identity; nil if it is not.
    ///
    /// The first questions walk the document; a document that is asked more often is indexed, so that many findings in a
    /// large object do not cost its size each.
    public func path(of node: Value) -> DocumentPath? {
        guard node.isCollection else { return nil }
        if let held {
            if let path = held.document.path(of: node) { return DocumentPath([.key(held.name)] + path.steps) }
            return besideHeld(node)
        }
        if let index = nodeIndex() { return index.path(of: node) }
        var steps: [DocumentPath.Step] = []
        guard Self.find(node.rawPointer, node.kind, in: root, &steps) else { return nil }
        steps.reverse()
        return DocumentPath(steps)
    }

    /// How many steps lead to a collection; nil if it is not part of this document. Cheaper than the path.
    package func depth(of node: Value) -> Int? {
        guard node.isCollection else { return nil }
        if let held {
            if let depth = held.document.depth(of: node) { return depth + 1 }
            return besideHeld(node)?.steps.count
        }
        if let index = nodeIndex() { return index.depth(of: node) }
        return Self.depth(of: node.rawPointer, node.kind, in: root)
    }

    private static func depth(of target: UnsafeRawPointer, _ kind: Value.Kind, in value: Value) -> Int? {
        if value.rawPointer == target, value.kind == kind { return 0 }
        for child in value.kind == .object ? value.values : value.elements where child.isCollection {
            if let depth = depth(of: target, kind, in: child) { return depth + 1 }
        }
        return nil
    }

    /// The path of a collection that is not in the document which is held.
    private func besideHeld(_ node: Value) -> DocumentPath? {
        if node.rawPointer == root.rawPointer, node.kind == root.kind { return DocumentPath() }
        for index in root.values.indices
        where root.values[index].isCollection && !root.values[index].isIdentical(to: held?.document.root ?? .undefined) {
            var steps: [DocumentPath.Step] = []
            guard Self.find(node.rawPointer, node.kind, in: root.values[index], &steps) else { continue }
            steps.append(.key(root.keys[index].string))
            steps.reverse()
            return DocumentPath(steps)
        }
        return nil
    }

    /// Whether the target is at or below `value`; adds the steps that lead there, the last one first.
    private static func find(
        _ target: UnsafeRawPointer, _ kind: Value.Kind, in value: Value, _ steps: inout [DocumentPath.Step]
    ) -> Bool {
        if value.rawPointer == target, value.kind == kind { return true }
        let isObject = value.kind == .object
        let children = isObject ? value.values : value.elements
        for index in children.indices where children[index].isCollection {
            guard find(target, kind, in: children[index], &steps) else { continue }
            steps.append(isObject ? .key(value.keys[index].string) : .index(index))
            return true
        }
        return false
    }

    /// The place that `path` leads to or, where a step is missing, of the nearest existing node above it. The returned
    /// path is `path` unchanged when `keepsMissingSteps`, else it ends at the existing node.
    public func place(at path: DocumentPath, keepsMissingSteps: Bool = true) -> Place {
        var node = root
        var place = Place(path: path, span: rootSpan, keySpan: nil, value: root)
        for (depth, step) in path.steps.enumerated() {
            guard let index = Self.childIndex(step, of: node) else {
                if !keepsMissingSteps { place.path = DocumentPath(Array(path.steps[..<depth])) }
                break
            }
            if node.hasPositions {
                place.span = node.valueSpan(at: index)
                place.keySpan = node.kind == .object ? node.keySpan(at: index) : nil
            }
            node = node.kind == .object ? node.values[index] : node.elements[index]
        }
        place.value = node
        return place
    }

    /// The value that `path` leads to, or undefined.
    public func value(at path: DocumentPath) -> Value {
        var node = root
        for step in path.steps {
            guard let index = Self.childIndex(step, of: node) else { return .undefined }
            node = node.kind == .object ? node.values[index] : node.elements[index]
        }
        return node
    }

    private static func childIndex(_ step: DocumentPath.Step, of node: Value) -> Int? {
        switch (step, node.kind) {
        case (.index(let index), .array): return index < node.count ? index : nil
        case (.key(let key), .object): return keyIndex(key, of: node)
        case (.index(let index), .object): return keyIndex(String(index), of: node)
        default: return nil
        }
    }

    private static func keyIndex(_ key: String, of node: Value) -> Int? {
        var key = key
        return key.withUTF8 { text in
            // An empty text may have no address; any will do for no bytes.
            let index = withUnsafePointer(to: UInt8(0)) {
                node.keyIndex(.string(text.baseAddress ?? $0, count: text.count))
            }
            return index < 0 ? nil : index
        }
    }

    /// The bytes of a span of this document, in whichever source they are; nil when it stands in none.
    public func range(_ span: ByteSpan) -> SourceRange? {
        guard let source else { return sources.first { $0.contains(span) }?.range(span) }
        if sources.isEmpty || source.contains(span) {
            return source.map != nil && span == .nowhere ? nil : source.range(span)
        }
        return sources.first { $0.contains(span) }?.range(span)
    }
}
