import Documents

/// An object after a change, as it must be read from the changed text.
enum PatchedValue {
    /// The value with a change carried out; nil when the path leads through something that is no collection.
    static func make(_ value: Value, _ operation: FixOperation, in arena: Arena) -> Value? {
        if operation.kind == .append, appended(value, operation) { return value }
        return change(value, operation.path.steps[...], operation, arena)
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
                guard let index else { return value }
                entries.remove(at: index)
                return arena.object(entries: entries)
            }
            if rest.isEmpty, operation.kind == .rename {
                guard let index, let name = operation.value.stringValue else { return value }
                if entries.contains(where: { $0.key.string == name }) { return nil }
                entries[index] = PositionedEntry(
                    key: arena.string(name), value: entries[index].value, keySpan: .nowhere, valueSpan: .nowhere)
                return arena.object(entries: entries)
            }
            let old = index.map { entries[$0].value } ?? .undefined
            if old.isUndefined, operation.kind == .remove || operation.kind == .rename { return value }
            guard let new = change(old, rest, operation, arena) else { return nil }
            let entry = PositionedEntry(key: arena.string(key), value: new, keySpan: .nowhere, valueSpan: .nowhere)
            if let index { entries[index] = entry } else { entries.append(entry) }
            return arena.object(entries: entries)
        case (.index(let index), .array) where index < value.count:
            var items = value.items(madeAt: .nowhere)
            if rest.isEmpty, operation.kind == .remove {
                guard let index = number(of: operation.removed, in: value, near: index) else { return value }
                items.remove(at: index)
                return arena.array(items: items)
            }
            if rest.isEmpty, operation.kind == .insert {
                if items[index].value == operation.value { return value }
                items.insert(PositionedItem(value: operation.value, span: .nowhere), at: index)
                return arena.array(items: items)
            }
            guard let new = change(items[index].value, rest, operation, arena) else { return nil }
            items[index].value = new
            return arena.array(items: items)
        case (.index(let index), .array) where rest.isEmpty && operation.kind == .remove:
            guard let index = number(of: operation.removed, in: value, near: index) else { return value }
            var items = value.items(madeAt: .nowhere)
            items.remove(at: index)
            return arena.array(items: items)
        case (.index, .array): return operation.kind == .remove ? value : nil
        default: return operation.kind == .remove ? value : nil
        }
    }

    /// What becomes of the value at the end of the path: lists get what they lack, everything else is replaced.
    private static func result(_ value: Value, _ operation: FixOperation, _ arena: Arena) -> Value? {
        if operation.kind == .append {
            if value.kind == .array { return arena.array(Array(value.elements) + [operation.value]) }
            return value.isUndefined || value.kind == .null ? arena.array([operation.value]) : nil
        }
        guard operation.kind == .add, value.kind == .array, operation.value.kind == .array else { return operation.value }
        return arena.array(Array(value.elements) + missing(of: operation.value, in: value))
    }

    /// Where an item stands in a list: where it was, or at the last place before or after it; nil when it is gone.
    static func number(of item: Value, in list: Value, near index: Int) -> Int? {
        if item.isUndefined { return index < list.count ? index : nil }
        if index < list.count, list.elements[index] == item { return index }
        return list.elements.indices.filter { list.elements[$0] == item }.min { abs($0 - index) < abs($1 - index) }
    }

    /// Whether the list has the item already.
    private static func appended(_ value: Value, _ operation: FixOperation) -> Bool {
        var list = value
        for step in operation.path.steps {
            switch (step, list.kind) {
            case (.key(let key), .object): list = list.field(named: key)
            case (.index(let index), .array) where index < list.count: list = list.elements[index]
            default: return false
            }
        }
        return list.kind == .array && list.elements.contains { $0 == operation.value }
    }

    /// The items of a list that another one lacks.
    static func missing(of new: Value, in old: Value) -> [Value] {
        new.elements.filter { item in !old.elements.contains { $0 == item } }
    }
}
