package import Documents

/// Makes the metadata of objects, also of embedded ones, what the API server's types hold.
package struct Coercion {
    /// Fields of metadata that are unknown.
    package private(set) var dropped: [DocumentPath] = []
    /// Whether values of the wrong type are dropped; else `problem` names the first.
    private let dropsInvalid: Bool
    package private(set) var problem: DocumentPath?
    private let arena: Arena
    private let metadata: Shape?
    private var steps: [DocumentPath.Step] = []

    package init(in arena: Arena, catalogue: TypeCatalogue = .builtin, dropsInvalid: Bool) {
        self.arena = arena
        self.dropsInvalid = dropsInvalid
        metadata = catalogue.field(["metadata"], of: TypeReference(group: "", version: "v1", kind: "ConfigMap"))?.shape
    }

    package mutating func coerced(_ value: Value, _ shape: CustomShape?, isResource: Bool) -> Value {
        let isResource = isResource || shape?.isEmbedded == true
        switch value.kind {
        case .object:
            var entries: [ObjectEntry] = []
            for index in 0..<value.count {
                let key = value.keys[index]
                let name = key.string
                steps.append(.key(name))
                defer { steps.removeLast() }
                var member: Value? = value.values[index]
                if isResource, name == "apiVersion" || name == "kind" {
                    if value.values[index].kind != .string { member = invalid(value.values[index]) }
                } else if isResource, name == "metadata" {
                    member = coercedMetadata(value.values[index])
                } else if let field = shape?.field(name) {
                    member = coerced(value.values[index], field, isResource: false)
                } else if case .shape(let element)? = shape?.additional {
                    member = coerced(value.values[index], element, isResource: false)
                }
                if let member { entries.append(ObjectEntry(key: key, value: member)) }
            }
            return entries.withUnsafeBufferPointer { arena.object(sorted: $0) }
        case .array:
            guard let items = shape?.items else { return value }
            var elements: [Value] = []
            for (index, element) in value.elements.enumerated() {
                steps.append(.index(index))
                elements.append(coerced(element, items, isResource: false))
                steps.removeLast()
            }
            return arena.array(elements)
        default: return value
        }
    }

    private mutating func invalid(_ value: Value) -> Value? {
        if dropsInvalid { return nil }
        if problem == nil { problem = DocumentPath(steps) }
        return value
    }

    /// Metadata that is no mapping stays for validation to refuse.
    private mutating func coercedMetadata(_ value: Value) -> Value? {
        guard value.kind == .object, let metadata else { return value }
        var entries: [ObjectEntry] = []
        for index in 0..<value.count {
            steps.append(.key(value.keys[index].string))
            defer { steps.removeLast() }
            let number = metadata.fieldIndex(value.keys[index])
            if number < 0 {
                dropped.append(DocumentPath(steps))
            } else if Self.fits(value.values[index], metadata.fields[number].shape) {
                entries.append(ObjectEntry(key: value.keys[index], value: value.values[index]))
            } else if let kept = invalid(value.values[index]) {
                entries.append(ObjectEntry(key: value.keys[index], value: kept))
            }
        }
        return entries.withUnsafeBufferPointer { arena.object(sorted: $0) }
    }

    private static func fits(_ value: Value, _ shape: Shape) -> Bool {
        if value.kind == .null { return true }
        switch shape.form {
        case .string, .time, .microTime, .bytes: return value.kind == .string
        case .int32, .int64: return value.integerValue != nil
        case .boolean: return value.kind == .bool
        case .number: return value.isNumber
        case .array: return value.kind == .array && value.elements.allSatisfy { fits($0, shape.element ?? shape) }
        case .map: return value.kind == .object && value.values.allSatisfy { fits($0, shape.element ?? shape) }
        case .object:
            return value.kind == .object
                && value.keys.indices.allSatisfy { index in
                    shape.field(value.keys[index].string).map { fits(value.values[index], $0.shape) } ?? true
                }
        case .any, .quantity, .intOrString: return true
        }
    }
}
