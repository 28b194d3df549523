#if canImport(Glibc)
    public import Glibc
#else
    public import Darwin
#endif

/// The total order of Rego values: null, booleans, numbers, strings, arrays, objects, sets
/// (OPA policy reference, "Comparison").
public enum ValueOrder {
    /// Negative, zero or positive as `left` sorts before, with or after `right`.
    @inlinable
    public static func compare(_ left: Value, _ right: Value) -> Int {
        if left.isIdentical(to: right) { return 0 }
        if left.kind == .string, right.kind == .string { return compareBytes(left, right) }
        return compareSlowly(left, right)
    }

    @inlinable
    static func compareBytes(_ left: Value, _ right: Value) -> Int {
        if left.count > 0, right.count > 0 {
            let first = Int(left.rawPointer.load(as: UInt8.self)) &- Int(right.rawPointer.load(as: UInt8.self))
            if first != 0 { return first }
        }
        let order = Int(memcmp(left.rawPointer, right.rawPointer, min(left.count, right.count)))
        return order != 0 ? order : left.count - right.count
    }

    static func rank(_ kind: Value.Kind) -> UInt8 { kind == .decimal ? Value.Kind.int.rawValue : kind.rawValue }

    @usableFromInline
    static func compareSlowly(_ left: Value, _ right: Value) -> Int {
        let leftRank = rank(left.kind)
        let rightRank = rank(right.kind)
        if leftRank != rightRank { return leftRank < rightRank ? -1 : 1 }
        switch left.kind {
        case .undefined, .null: return 0
        case .bool, .node: return left.word1 < right.word1 ? -1 : 1
        case .int, .decimal:
            if left.kind == .int, right.kind == .int { return left.rawInt < right.rawInt ? -1 : 1 }
            return NumberText.compare(left, right)
        case .string: return compareBytes(left, right)
        case .array, .set:
            let (a, b) = (left.elements, right.elements)
            for index in 0..<min(a.count, b.count) {
                let order = compare(a[index], b[index])
                if order != 0 { return order }
            }
            return a.count - b.count
        case .object:
            for index in 0..<min(left.count, right.count) {
                let keys = compare(left.keys[index], right.keys[index])
                if keys != 0 { return keys }
                let values = compare(left.values[index], right.values[index])
                if values != 0 { return values }
            }
            return left.count - right.count
        }
    }

    /// Sorts the values in place.
    @inlinable
    public static func sort(_ values: UnsafeMutableBufferPointer<Value>) {
        if values.count <= 24 {
            insertionSort(values) { compare($0, $1) > 0 }
        } else if !isSorted(values) {
            var items = values
            items.sort { compare($0, $1) < 0 }
        }
    }

    /// Sorts entries by key in place; entries with equal keys keep their order.
    @inlinable
    public static func sort(_ entries: UnsafeMutableBufferPointer<ObjectEntry>) {
        if entries.count <= 24 {
            insertionSort(entries) { compare($0.key, $1.key) > 0 }
        } else {
            var items = entries
            items.sort { compare($0.key, $1.key) < 0 }  // the library's sort is stable
        }
    }

    /// Sorts entries by key in place; entries with equal keys keep their order.
    static func sort(_ entries: UnsafeMutableBufferPointer<PositionedEntry>) {
        if entries.count <= 24 {
            insertionSort(entries) { compare($0.key, $1.key) > 0 }
        } else {
            var items = entries
            items.sort { compare($0.key, $1.key) < 0 }
        }
    }

    /// Whether each value comes after the one before, so that no two are equal.
    @inlinable
    static func isAscending(_ values: UnsafeMutableBufferPointer<Value>) -> Bool {
        var index = 1
        while index < values.count {
            if compare(values[index - 1], values[index]) >= 0 { return false }
            index &+= 1
        }
        return true
    }

    @inlinable
    static func isSorted(_ values: UnsafeMutableBufferPointer<Value>) -> Bool {
        var index = 1
        while index < values.count {
            if compare(values[index - 1], values[index]) > 0 { return false }
            index &+= 1
        }
        return true
    }

    @inlinable @inline(__always)
    static func insertionSort<T>(_ items: UnsafeMutableBufferPointer<T>, isAfter: (T, T) -> Bool) {
        var index = 1
        while index < items.count {
            let item = items[index]
            var place = index
            while place > 0, isAfter(items[place - 1], item) {
                items[place] = items[place - 1]
                place &-= 1
            }
            items[place] = item
            index &+= 1
        }
    }
}
