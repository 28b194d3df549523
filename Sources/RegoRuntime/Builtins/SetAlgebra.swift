import Documents

/// Union, intersection and difference of sets of sorted elements.
enum SetAlgebra {
    static func union(_ left: Value, _ right: Value, _ arena: Arena) -> Value {
        if left.count == 0 { return right }
        if right.count == 0 { return left }
        return withUnsafeTemporaryAllocation(of: Value.self, capacity: left.count + right.count) { buffer in
            let (a, b) = (left.elements, right.elements)
            var i = 0, j = 0, count = 0
            while i < a.count || j < b.count {
                let order = i == a.count ? 1 : j == b.count ? -1 : ValueOrder.compare(a[i], b[j])
                buffer[count] = order <= 0 ? a[i] : b[j]
                count += 1
                if order <= 0 { i += 1 }
                if order >= 0 { j += 1 }
            }
            return arena.set(sorted: UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    static func intersection(_ left: Value, _ right: Value, _ arena: Arena) -> Value {
        let (small, large) = left.count <= right.count ? (left, right) : (right, left)
        return filter(small, arena) { large.keyIndex($0) >= 0 }
    }

    static func difference(_ left: Value, _ right: Value, _ arena: Arena) -> Value {
        filter(left, arena) { right.keyIndex($0) < 0 }
    }

    /// The subset of the elements that `isKept` accepts.
    private static func filter(_ set: Value, _ arena: Arena, isKept: (Value) -> Bool) -> Value {
        withUnsafeTemporaryAllocation(of: Value.self, capacity: set.count) { buffer in
            var count = 0
            for element in set.elements where isKept(element) {
                buffer[count] = element
                count += 1
            }
            return arena.set(sorted: UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
