import Documents

extension Machine {
    /// An object of the entries, in `state.result`; equal keys with different values end the evaluation.
    func makeObject(_ entries: UnsafeMutableBufferPointer<ObjectEntry>, pc: Int, in function: Int) -> Bool {
        ValueOrder.sort(entries)
        var count = 0
        for index in entries.indices {
            if count > 0, entries[index].key == entries[count - 1].key {
                if entries[index].value != entries[count - 1].value {
                    return fault("eval_conflict_error", "object keys must be unique", at: pc, in: function)
                }
            } else {
                entries[count] = entries[index]
                count += 1
            }
        }
        state.pointee.result = context.arena.object(
            sorted: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(entries)[0..<count]))
        return true
    }

    /// The pairs collected since `mark` as an object, in `state.result`: under each key the array or set of its values.
    func sealGroups(from mark: Int, areSets: Bool) {
        let parts = state.pointee.collected.pop(from: mark)
        var pairs = (0..<parts.count / 2).map { ObjectEntry(key: parts[2 * $0], value: parts[2 * $0 + 1]) }
        pairs.withUnsafeMutableBufferPointer { ValueOrder.sort($0) }
        var groups: [ObjectEntry] = [], members: [Value] = []
        for (index, pair) in pairs.enumerated() {
            members.append(pair.value)
            let isLast = index + 1 == pairs.count || pairs[index + 1].key != pair.key
            if !isLast { continue }
            let group = members.withUnsafeMutableBufferPointer {
                areSets ? context.arena.set(sorting: $0) : context.arena.array(UnsafeBufferPointer($0))
            }
            groups.append(ObjectEntry(key: pair.key, value: group))
            members.removeAll(keepingCapacity: true)
        }
        state.pointee.result = groups.withUnsafeBufferPointer { context.arena.object(sorted: $0) }
    }

    /// What a path of a partial document ends in.
    enum Leaf: Int64 {
        /// The value itself: a second, different one is a conflict.
        case value = 0
        /// One element of a set.
        case element = 1
        /// A set without elements of its own, so that an empty partial set shows.
        case emptySet = 2
        /// An object of whatever goes on below, which may be nothing.
        case object = 3
    }

    /// A path whose keys lie where they were collected.
    private struct PathEntry {
        var keys: UnsafeBufferPointer<Value>
        var leaf: Leaf
        var value: Value

        func precedes(_ other: PathEntry) -> Bool {
            for (key, its) in zip(keys, other.keys) {
                let order = ValueOrder.compare(key, its)
                if order != 0 { return order < 0 }
            }
            return keys.count < other.keys.count
        }
    }

    /// Adds one path to the newest collection: its length and kind, the keys, the value.
    func collectPath(_ keys: UnsafeMutablePointer<Value>, count: Int, leaf: Int64, value: Value) {
        state.pointee.collected.append(.int(Int64(count) << 8 | leaf))
        for index in 0..<count { state.pointee.collected.append(keys[index]) }
        state.pointee.collected.append(value)
    }

    /// The nested object of the paths collected since `mark`, in `state.result`.
    func sealPaths(from mark: Int, pc: Int, in function: Int) -> Bool {
        let parts = state.pointee.collected.pop(from: mark)
        var entries: [PathEntry] = []
        var index = 0
        while index < parts.count {
            let header = parts[index].rawInt
            let count = Int(header >> 8)
            entries.append(
                PathEntry(
                    keys: UnsafeBufferPointer(rebasing: parts[(index + 1)..<(index + 1 + count)]),
                    leaf: Leaf(rawValue: header & 0xFF) ?? .value, value: parts[index + count + 1]))
            index += count + 2
        }
        if entries.count > 1 { entries.sort { $0.precedes($1) } }
        guard let document = nest(entries[...], depth: 0) else {
            return fault("eval_conflict_error", "object keys must be unique", at: pc, in: function)
        }
        state.pointee.result = document
        return true
    }

    /// The document of entries in order that share their first `depth` keys; nil on a conflict.
    private func nest(_ entries: ArraySlice<PathEntry>, depth: Int) -> Value? {
        // Shorter paths come first.
        let ended = entries.prefix { $0.keys.count == depth }, longer = entries[ended.endIndex...]
        let leaves = ended.filter { $0.leaf != .object }
        guard let first = leaves.first else {
            return longer.isEmpty ? context.arena.object([ObjectEntry]()) : object(longer, depth: depth)
        }
        guard longer.isEmpty else { return nil }
        if first.leaf == .value {
            return leaves.allSatisfy { $0.leaf == .value && $0.value == first.value } ? first.value : nil
        }
        guard leaves.allSatisfy({ $0.leaf != .value }) else { return nil }
        return context.arena.set(leaves.filter { $0.leaf == .element }.map(\.value))
    }

    /// The object of entries in order that share their first `depth` keys and have more.
    private func object(_ entries: ArraySlice<PathEntry>, depth: Int) -> Value? {
        var members: [ObjectEntry] = []
        var rest = entries
        while let key = rest.first?.keys[depth] {
            let group = rest.prefix { $0.keys[depth] == key }
            guard let value = nest(group, depth: depth + 1) else { return nil }
            members.append(ObjectEntry(key: key, value: value))
            rest = rest[group.endIndex...]
        }
        return members.withUnsafeBufferPointer { context.arena.object(sorted: $0) }
    }
}
