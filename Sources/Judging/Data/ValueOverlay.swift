import Documents

/// Objects with some members replaced, deep inside: what leads to them is made anew, all else is used as it is.
enum ValueOverlay {
    /// What comes to a path of names; nil takes away what is there. Of changes at one path the last one counts.
    struct Change {
        var path: ArraySlice<String>
        var value: Value?

        init(_ path: [String], _ value: Value?) { (self.path, self.value) = (path[...], value) }
    }

    /// The object with the changes; without objects that they leave empty.
    /// - Parameter base: an object whose memory lives as long as the arena's.
    static func value(_ base: Value, _ changes: [Change], in arena: Arena) -> Value {
        if changes.isEmpty { return base }
        var below: [String: [Change]] = [:], values: [String: Value?] = [:]
        for change in changes {
            guard let name = change.path.first else { continue }
            if change.path.count == 1 {
                values[name] = .some(change.value)
            } else {
                var inner = change
                inner.path.removeFirst()
                below[name, default: []].append(inner)
            }
        }
        var new: [ObjectEntry] = []
        for (name, value) in values {
            if let value { new.append(ObjectEntry(key: arena.string(name), value: value)) }
        }
        for (name, inner) in below {
            let key = arena.string(name)
            let known = base.kind == .object ? base.objectMember(key) : .undefined
            let value = value(known, inner, in: arena)
            if value.kind == .object, value.count > 0 { new.append(ObjectEntry(key: key, value: value)) }
        }
        guard base.kind == .object else { return arena.object(new) }
        let replaced = Set(below.keys).union(values.keys)
        return merged(base, without: replaced, new.sorted { ValueOrder.compare($0.key, $1.key) < 0 }, in: arena)
    }

    /// The members of an object but some, and others, which are sorted as its own are.
    private static func merged(_ base: Value, without names: Set<String>, _ new: [ObjectEntry], in arena: Arena) -> Value {
        var entries: [ObjectEntry] = [], next = 0
        entries.reserveCapacity(base.count + new.count)
        for (key, value) in zip(base.keys, base.values) where !names.contains(key.string) {
            while next < new.count, ValueOrder.compare(new[next].key, key) < 0 {
                entries.append(new[next])
                next += 1
            }
            entries.append(ObjectEntry(key: key, value: value))
        }
        entries += new[next...]
        return entries.withUnsafeBufferPointer { arena.object(sorted: $0) }
    }
}
