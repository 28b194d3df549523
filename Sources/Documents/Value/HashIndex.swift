/// The open-addressing table behind large objects and sets: slots hold element number + 1, zero is free.
///
/// To hash a composite key takes a walk through all of it, and sets of whole objects are mostly iterated: where a key is
/// composite, the first slot says so and the keys, which are sorted, are searched by halves.
@usableFromInline
enum HashIndex {
    /// Collections up to this size are searched linearly.
    @inlinable
    static var threshold: Int { 12 }

    /// In the first slot: there is no table.
    @inlinable
    static var unhashed: UInt32 { .max }

    @inlinable
    static func slotCount(for count: Int) -> Int {
        var slots = 32
        while slots < count &* 2 { slots <<= 1 }
        return slots
    }

    @inlinable @inline(__always)
    static func byteCount(for count: Int) -> Int { count > threshold ? slotCount(for: count) &* 4 : 0 }

    @inlinable
    static func fill(keys: UnsafePointer<Value>, count: Int, at place: UnsafeMutableRawPointer) {
        let slots = slotCount(for: count)
        let table = place.assumingMemoryBound(to: UInt32.self)
        table.initialize(repeating: 0, count: slots)
        for index in 0..<count {
            if keys[index].isCollection {
                table[0] = unhashed
                return
            }
            var slot = Int(keys[index].hash32) & (slots - 1)
            while table[slot] != 0 { slot = (slot + 1) & (slots - 1) }
            table[slot] = UInt32(index + 1)
        }
    }

    /// The number of the element equal to `key`, or -1.
    @inlinable
    static func find(_ key: Value, in keys: UnsafePointer<Value>, count: Int, table: UnsafeRawPointer) -> Int {
        let slots = slotCount(for: count)
        let entries = table.assumingMemoryBound(to: UInt32.self)
        if entries[0] == unhashed { return search(key, in: keys, count: count) }
        var slot = Int(key.hash32) & (slots - 1)
        while entries[slot] != 0 {
            let index = Int(entries[slot]) - 1
            if keys[index] == key { return index }
            slot = (slot + 1) & (slots - 1)
        }
        return -1
    }

    @usableFromInline
    static func search(_ key: Value, in keys: UnsafePointer<Value>, count: Int) -> Int {
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            let order = ValueOrder.compare(keys[middle], key)
            if order == 0 { return middle }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return -1
    }
}
