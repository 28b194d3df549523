#if canImport(Glibc)
    public import Glibc
#else
    public import Darwin
#endif
import Text

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
        let length = min(left.count, right.count), (one, other) = (left.rawPointer, right.rawPointer)
        // Names are short and differ early: eight bytes at a time, without a call.
        var offset = 0
        while offset &+ 8 <= length, offset < 32 {
            let first = one.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let second = other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if first != second { return first.bigEndian < second.bigEndian ? -1 : 1 }
            offset &+= 8
        }
        if length &- offset < 8 {
            while offset < length {
                let order =
                    Int(one.load(fromByteOffset: offset, as: UInt8.self))
                    &- Int(other.load(fromByteOffset: offset, as: UInt8.self))
                if order != 0 { return order }
                offset &+= 1
            }
            return left.count &- right.count
        }
        if length > longText { chargeText(length) }
        let order = Int(memcmp(one + offset, other + offset, length &- offset))
        return order != 0 ? order : left.count &- right.count
    }

    /// Longer texts are charged when they are compared.
    @inlinable
    static var longText: Int { 4096 }

    @usableFromInline @inline(never)
    static func chargeText(_ length: Int) { _ = WorkMeter.charge(length >> 8) }

    static func rank(_ kind: Value.Kind) -> UInt8 { kind == .decimal ? Value.Kind.int.rawValue : kind.rawValue }

    @usableFromInline
    static func compareSlowly(_ left: Value, _ right: Value) -> Int {
        var work = 0
        let order = order(left, right, &work)
        if work > 0 { _ = WorkMeter.charge(work) }
        return order
    }

    private static let chargedWork = 256

    private static func order(_ left: Value, _ right: Value, _ work: inout Int) -> Int {
        let leftRank = rank(left.kind)
        let rightRank = rank(right.kind)
        if leftRank != rightRank { return leftRank < rightRank ? -1 : 1 }
        switch left.kind {
        case .undefined, .null: return 0
        case .bool, .node: return left.word1 < right.word1 ? -1 : 1
        case .int, .decimal:
            if left.kind == .int, right.kind == .int { return left.rawInt < right.rawInt ? -1 : 1 }
            guard WorkMeter.charge((left.textLength &+ right.textLength) >> 3) else { return 0 }
            return NumberText.compare(left, right)
        case .string: return compareBytes(left, right)
        case .array, .set:
            return orderOfRows(left.elements, right.elements, work: &work) ?? left.count - right.count
        case .object:
            return orderOfRows(left.keys, right.keys, left.values, right.values, work: &work) ?? left.count - right.count
        }
    }

    /// The order of the first elements that differ, each pair followed by that of the second rows where there are any; nil
    /// when none do up to the end of the shorter row.
    ///
    /// Collections that share their parts are compared part by part, which may be far more work than they take memory: it
    /// is charged.
    private static func orderOfRows(
        _ left: UnsafeBufferPointer<Value>, _ right: UnsafeBufferPointer<Value>,
        _ leftValues: UnsafeBufferPointer<Value>? = nil, _ rightValues: UnsafeBufferPointer<Value>? = nil, work: inout Int
    ) -> Int? {
        work &+= 2
        for index in 0..<min(left.count, right.count) {
            let order = part(left[index], right[index], &work)
            if order != 0 { return order }
            if let leftValues, let rightValues {
                let order = part(leftValues[index], rightValues[index], &work)
                if order != 0 { return order }
            }
            if index & 3 == 3 { work &+= 1 }
            if work >= chargedWork {
                guard WorkMeter.charge(work) else { return 0 }
                work = 0
            }
        }
        return nil
    }

    @inline(__always)
    private static func part(_ left: Value, _ right: Value, _ work: inout Int) -> Int {
        if left.isIdentical(to: right) { return 0 }
        return left.kind == .string && right.kind == .string ? compareBytes(left, right) : order(left, right, &work)
    }

    /// The order, whose work is added to what the caller charges.
    @inline(__always)
    static func compare(_ left: Value, _ right: Value, _ work: inout Int) -> Int { part(left, right, &work) }

    /// Sorts the values in place.
    /// - Returns: whether some may be equal.
    @discardableResult @inlinable
    public static func sort(_ values: UnsafeMutableBufferPointer<Value>) -> Bool {
        if values.count > few { return sortMany(values) }
        insertionSort(values) { compare($0, $1) > 0 }
        return true
    }

    /// As many values are sorted in place, without a call.
    @inlinable
    static var few: Int { 8 }

    @usableFromInline
    static func sortMany(_ values: UnsafeMutableBufferPointer<Value>) -> Bool {
        isSorted(values.count, { values[$0] }) || ValueSort.sort(values) { $0 }
    }

    /// Sorts entries by key in place; entries with equal keys keep their order.
    @inlinable
    public static func sort(_ entries: UnsafeMutableBufferPointer<ObjectEntry>) {
        if entries.count <= 24 {
            insertionSort(entries) { compare($0.key, $1.key) > 0 }
        } else {
            sortMany(entries)
        }
    }

    @usableFromInline
    static func sortMany(_ entries: UnsafeMutableBufferPointer<ObjectEntry>) {
        if !isSorted(entries.count, { entries[$0].key }) { _ = ValueSort.sort(entries) { $0.key } }
    }

    /// Sorts entries by key in place; entries with equal keys keep their order.
    package static func sort(_ entries: UnsafeMutableBufferPointer<PositionedEntry>) {
        if entries.count <= 24 {
            insertionSort(entries) { compare($0.key, $1.key) > 0 }
        } else if !isSorted(entries.count, { entries[$0].key }) {
            _ = ValueSort.sort(entries) { $0.key }
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

    @inline(__always)
    private static func isSorted(_ count: Int, _ value: (Int) -> Value) -> Bool {
        var index = 1, work = 0
        while index < count, compare(value(index - 1), value(index), &work) <= 0 { index &+= 1 }
        if work > 0 { _ = WorkMeter.charge(work) }
        return index >= count
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
