import Text

/// Sorts many values. To compare two of them may take a walk through both, so each gets a number first, which says as much
/// of the order as 64 bits can: eight bytes of a text behind what all texts begin with, or of the first part in which
/// collections differ. Only what has the same number is looked at again.
struct ValueSort {
    struct Rank {
        var number: UInt64
        /// Where the value stood.
        var place: Int
    }

    /// After so many numbers that told values apart, the rest is compared: a text may have many places where few differ.
    private static let longest = 16

    private let values: UnsafeMutablePointer<Value>
    private let columns: UnsafeMutablePointer<Value>
    private let ranks: UnsafeMutableBufferPointer<Rank>
    private var work = 0
    private(set) var hasEqualValues = false

    /// Puts items in the order of their keys; items with equal keys keep theirs.
    /// - Returns: whether some keys are equal.
    @inline(__always)
    static func sort<Item: BitwiseCopyable>(_ items: UnsafeMutableBufferPointer<Item>, by key: (Item) -> Value) -> Bool {
        let count = items.count
        let copies = UnsafeMutablePointer<Item>.allocate(capacity: count)
        let values = UnsafeMutablePointer<Value>.allocate(capacity: 2 * count)
        let ranks = UnsafeMutableBufferPointer<Rank>.allocate(capacity: count)
        defer {
            copies.deallocate()
            values.deallocate()
            ranks.deallocate()
        }
        for index in 0..<count {
            copies[index] = items[index]
            values[index] = key(items[index])
            ranks[index] = Rank(number: 0, place: index)
        }
        var sort = ValueSort(values: values, columns: values + count, ranks: ranks)
        sort.sort(0..<count, depth: 0)
        _ = WorkMeter.charge(sort.work &+ count)
        for index in 0..<count { items[index] = copies[ranks[index].place] }
        return sort.hasEqualValues
    }

    private init(
        values: UnsafeMutablePointer<Value>, columns: UnsafeMutablePointer<Value>, ranks: UnsafeMutableBufferPointer<Rank>
    ) {
        (self.values, self.columns, self.ranks) = (values, columns, ranks)
    }

    private mutating func sort(_ range: Range<Int>, depth: Int) {
        var part = UnsafeMutableBufferPointer(rebasing: ranks[range])
        if range.count <= ValueOrder.few {
            return ValueOrder.insertionSort(part) { compare($0, $1) > 0 }
        }
        guard depth < Self.longest, number(part) else { return part.sort { compare($0, $1) < 0 } }
        part.sort { $0.number < $1.number }
        var start = 0
        for end in 1...part.count where end == part.count || part[end].number != part[start].number {
            if end &- start > 1 {
                sort(range.lowerBound &+ start..<range.lowerBound &+ end, depth: depth &+ 1)
            }
            start = end
        }
    }

    private mutating func compare(_ left: Rank, _ right: Rank) -> Int {
        let order = ValueOrder.compare(values[left.place], values[right.place], &work)
        if order == 0 { hasEqualValues = true }
        return order
    }

    /// Gives each value its number; false where all would have the same.
    private mutating func number(_ part: UnsafeMutableBufferPointer<Rank>) -> Bool {
        for index in part.indices { columns[index] = values[part[index].place] }
        while true {
            work &+= part.count >> 2
            let kind = columns[0].kind
            guard (1..<part.count).allSatisfy({ columns[$0].kind == kind }) else {
                return number(part) { UInt64(ValueOrder.rank($0.kind)) }
            }
            switch kind {
            case .string: return numberTexts(part)
            case .int: return number(part) { UInt64(bitPattern: $0.rawInt) ^ 1 << 63 }
            case .bool: return number(part) { $0.isTrue ? 1 : 0 }
            case .array, .set, .object:
                let length = (1..<part.count).reduce(columns[0].count) { min($0, columns[$1].count) }
                guard descend(part.count, length, isObject: kind == .object) else {
                    // Those that end here come before the others.
                    return number(part) { $0.count > length ? 1 : 0 }
                }
            case .undefined, .null, .decimal, .node: return false
            }
        }
    }

    @inline(__always)
    private func number(_ part: UnsafeMutableBufferPointer<Rank>, _ number: (Value) -> UInt64) -> Bool {
        var differ = false
        for index in part.indices {
            part[index].number = number(columns[index])
            if part[index].number != part[0].number { differ = true }
        }
        return differ
    }

    /// Puts the first parts that differ in the place of the collections; false where the first `length` are the same.
    private mutating func descend(_ count: Int, _ length: Int, isObject: Bool) -> Bool {
        for index in 0..<length {
            work &+= count >> 2
            if differ(count, { $0.elements[index] }) { return true }
            if isObject, differ(count, { $0.values[index] }) { return true }
        }
        return false
    }

    @inline(__always)
    private func differ(_ count: Int, _ part: (Value) -> Value) -> Bool {
        let first = part(columns[0])
        if (1..<count).allSatisfy({ part(columns[$0]) == first }) { return false }
        for index in 0..<count { columns[index] = part(columns[index]) }
        return true
    }

    private func numberTexts(_ part: UnsafeMutableBufferPointer<Rank>) -> Bool {
        let first = UnsafeRawBufferPointer(columns[0].utf8)
        var shared = first.count
        for index in part.indices.dropFirst() {
            let text = UnsafeRawBufferPointer(columns[index].utf8)
            if shared > ValueOrder.longText { ValueOrder.chargeText(shared) }
            shared = min(shared, text.count)
            var place = 0
            while place &+ 8 <= shared, word(first, place) == word(text, place) { place &+= 8 }
            while place < shared, first[place] == text[place] { place &+= 1 }
            shared = place
        }
        return number(part) { value in
            let text = UnsafeRawBufferPointer(value.utf8)
            if text.count &- shared >= 8 { return word(text, shared).bigEndian }
            return (shared..<shared &+ 8).reduce(0) { $0 << 8 | ($1 < text.count ? UInt64(text[$1]) : 0) }
        }
    }

    @inline(__always)
    private func word(_ text: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    }
}
