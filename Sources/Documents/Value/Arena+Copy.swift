extension Arena {
    /// A deep copy of a value from another arena; positions are not copied.
    public func copy(_ value: Value) -> Value {
        switch value.kind {
        case .undefined, .null, .bool, .int, .node: return value
        case .string: return string(value.utf8)
        case .decimal: return NumberText.value(value.utf8, in: self)
        case .array:
            let target = allocate(value.count * 16).assumingMemoryBound(to: Value.self)
            for (index, element) in value.elements.enumerated() { target[index] = copy(element) }
            return .storage(.array, count: value.count, at: target)
        case .set:
            return withUnsafeTemporaryAllocation(of: Value.self, capacity: value.count) { buffer in
                for (index, element) in value.elements.enumerated() { buffer[index] = copy(element) }
                return set(sorted: UnsafeBufferPointer(buffer))
            }
        case .object:
            let storage = objectStorage(count: value.count)
            for index in 0..<value.count {
                storage.keys[index] = copy(value.keys[index])
                storage.values[index] = copy(value.values[index])
            }
            return finishObject(storage.keys, count: value.count)
        }
    }
}
