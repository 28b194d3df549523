package import Documents

/// Fills in the defaults of a structural schema.
package struct Defaulting {
    private let arena: Arena

    package init(in arena: Arena) { self.arena = arena }

    /// The value with the defaults of absent fields, also inside the defaults themselves; null counts as absent where the
    /// schema does not allow it.
    package func defaulted(_ value: Value, _ shape: CustomShape) -> Value {
        switch value.kind {
        case .object:
            var entries: [ObjectEntry] = []
            for index in 0..<value.count {
                let key = value.keys[index]
                let field = shape.field(key.string)
                let element: CustomShape? =
                    if field == nil, case .shape(let element) = shape.additional { element } else { field }
                let member = filled(value.values[index], element)
                entries.append(ObjectEntry(key: key, value: member))
            }
            for field in shape.fields where value.field(named: field.name).isUndefined {
                guard let standing = field.shape.defaultValue else { continue }
                entries.append(ObjectEntry(key: arena.string(field.name), value: defaulted(standing, field.shape)))
            }
            return arena.object(entries)
        case .array:
            guard let items = shape.items else { return value }
            return arena.array(value.elements.map { filled($0, items) })
        default: return value
        }
    }

    private func filled(_ value: Value, _ shape: CustomShape?) -> Value {
        guard let shape else { return value }
        if value.kind == .null, !shape.isNullable, let standing = shape.defaultValue {
            return defaulted(standing, shape)
        }
        return defaulted(value, shape)
    }
}
