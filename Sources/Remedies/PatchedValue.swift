import Documents

/// An object after a change, as it must be read from the changed text.
enum PatchedValue {
    /// The value with a change carried out; nil when the path leads through something that is no collection.
    static func make(_ value: Value, _ operation: FixOperation, in arena: Arena) -> Value? {
        change(value, operation.path.steps[...], operation, arena)
    }

    private static func change(
        _ value: Value, _ steps: ArraySlice<DocumentPath.Step>, _ operation: FixOperation, _ arena: Arena
    ) -> Value? {
        guard let step = steps.first else { return result(value, operation, arena) }
        let rest = steps.dropFirst()
        switch (step, value.kind) {
        case (.key(let key), .object), (.key(let key), .null), (.key(let key), .undefined):
            var entries = value.entries(madeAt: .nowhere)
            let index = entries.firstIndex { $0.key.string == key }
            if rest.isEmpty, operation.kind == .remove {
                if let index { entries.remove(at: index) }
                return arena.object(entries: entries)
            }
            let old = index.map { entries[$0].value } ?? .undefined
            if old.isUndefined, operation.kind == .remove { return value }
            guard let new = change(old, rest, operation, arena) else { return nil }
            let entry = PositionedEntry(key: arena.string(key), value: new, keySpan: .nowhere, valueSpan: .nowhere)
            if let index { entries[index] = entry } else { entries.append(entry) }
            return arena.object(entries: entries)
        case (.index(let index), .array) where index < value.count:
            var items = value.items(madeAt: .nowhere)
            guard let new = change(items[index].value, rest, operation, arena) else { return nil }
            items[index].value = new
            return arena.array(items: items)
        default: return nil
        }
    }

    /// What becomes of the value at the end of the path: lists get what they lack, everything else is replaced.
    private static func result(_ value: Value, _ operation: FixOperation, _ arena: Arena) -> Value {
        guard operation.kind == .add, value.kind == .array, operation.value.kind == .array else { return operation.value }
        return arena.array(Array(value.elements) + missing(of: operation.value, in: value))
    }

    /// The items of a list that another one lacks.
    static func missing(of new: Value, in old: Value) -> [Value] {
        new.elements.filter { item in !old.elements.contains { $0 == item } }
    }
}
