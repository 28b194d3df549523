package import Documents

/// Fills in the defaults of a structural schema.
package struct Defaulting {
    private let arena: Arena
    /// Whether null is dropped from fields that have no default and may not be null, as the server does before it fills in.
    private let dropsNulls: Bool

    package init(in arena: Arena, dropsNulls: Bool = false) {
        self.arena = arena
        self.dropsNulls = dropsNulls
    }

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
                if member.kind == .null, dropsNulls, element?.isNullable == false { continue }
                entries.append(ObjectEntry(key: key, value: member))
            }
            for field in shape.fields where value.field(named: field.name).isUndefined {
                guard let standing = field.shape.defaultValue else { continue }
                entries.append(ObjectEntry(key: arena.string(field.name), value: standingValue(standing, field.shape)))
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
            return standingValue(standing, shape)
        }
        return defaulted(value, shape)
    }

    /// Nothing is dropped from defaults.
    private func standingValue(_ standing: Value, _ shape: CustomShape) -> Value {
        Defaulting(in: arena).defaulted(standing, shape)
    }
}

extension Value {
    /// Whether there is null in it, at any depth.
    var holdsNull: Bool {
        switch kind {
        case .null: true
        case .object: values.contains { $0.holdsNull }
        case .array: elements.contains { $0.holdsNull }
        default: false
        }
    }
}
