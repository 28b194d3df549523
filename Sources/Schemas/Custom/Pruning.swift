package import Documents

/// Drops the fields that a structural schema does not know, as the API server does before it stores an object.
package struct Pruning {
    /// The paths of what was dropped.
    package private(set) var dropped: [DocumentPath] = []
    private let arena: Arena
    /// At the top these are never told as unknown.
    private static let ofEveryObject: Set<String> = ["apiVersion", "kind", "metadata"]
    private var steps: [DocumentPath.Step] = []

    package init(in arena: Arena) { self.arena = arena }

    /// The value without unknown fields.
    /// - Parameter isResource: whether it is an object of the API, which always has apiVersion, kind and metadata.
    package mutating func pruned(_ value: Value, _ shape: CustomShape?, isResource: Bool) -> Value {
        if shape?.preservesUnknown == true { return preserved(value, shape) }
        switch value.kind {
        case .object:
            var entries: [ObjectEntry] = []
            for index in 0..<value.count {
                let key = value.keys[index]
                steps.append(.key(key.string))
                if let member = member(key, value.values[index], shape, isResource) {
                    entries.append(ObjectEntry(key: key, value: member))
                } else if steps.count > 1 || !Self.ofEveryObject.contains(key.string) {
                    dropped.append(DocumentPath(steps))
                }
                steps.removeLast()
            }
            return entries.withUnsafeBufferPointer { arena.object(sorted: $0) }
        case .array:
            return elements(of: value) { pruning, element in
                pruning.pruned(element, shape?.items, isResource: shape?.items?.isEmbedded ?? false)
            }
        default: return value
        }
    }

    /// A member after pruning; nil where it is unknown.
    private mutating func member(_ key: Value, _ value: Value, _ shape: CustomShape?, _ isResource: Bool) -> Value? {
        let name = key.string
        if isResource || shape?.isEmbedded == true, Self.ofEveryObject.contains(name) { return value }
        if let field = shape?.field(name) { return pruned(value, field, isResource: field.isEmbedded) }
        switch shape?.additional {
        case .shape(let element): return pruned(value, element, isResource: element.isEmbedded)
        case .any, .forbidden: return pruned(value, nil, isResource: false)
        case nil, .some(.none): return nil
        }
    }

    /// Below preserve-unknown-fields, only what the schema describes is pruned.
    private mutating func preserved(_ value: Value, _ shape: CustomShape?) -> Value {
        guard let shape else { return value }
        switch value.kind {
        case .object:
            var entries: [ObjectEntry] = []
            for index in 0..<value.count {
                let key = value.keys[index]
                let name = key.string
                var member = value.values[index]
                steps.append(.key(name))
                if shape.isEmbedded, Self.ofEveryObject.contains(name) {
                } else if let field = shape.field(name) {
                    member = pruned(member, field, isResource: field.isEmbedded)
                } else if case .shape(let element) = shape.additional {
                    member = pruned(member, element, isResource: element.isEmbedded)
                }
                steps.removeLast()
                entries.append(ObjectEntry(key: key, value: member))
            }
            return entries.withUnsafeBufferPointer { arena.object(sorted: $0) }
        case .array:
            guard let items = shape.items else { return value }
            return elements(of: value) { pruning, element in
                pruning.pruned(element, items, isResource: items.isEmbedded)
            }
        default: return value
        }
    }

    private mutating func elements(of value: Value, _ body: (inout Pruning, Value) -> Value) -> Value {
        var elements: [Value] = []
        for index in 0..<value.count {
            steps.append(.index(index))
            elements.append(body(&self, value.elements[index]))
            steps.removeLast()
        }
        return arena.array(elements)
    }
}
