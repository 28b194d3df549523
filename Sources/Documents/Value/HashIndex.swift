/// What stands behind the keys of an object or the elements of a set to find one of them.
///
/// Up to 16 keys, a row of sixteen bytes, one of each key's hash, of which eight are compared at a time. Above, an
/// open-addressing table: slots hold element number + 1, zero is free.
///
/// To hash a composite key takes a walk through all of it, and sets of whole objects are mostly iterated: where a key is
/// composite, the first slot says so and the keys, which are sorted, are searched by halves.
@usableFromInline
enum HashIndex {
    /// Collections above this size have a table.
    @inlinable
    static var threshold: Int { 16 }

    /// Collections up to this size have nothing behind their keys.
    @inlinable
    static var smallest: Int { 2 }

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
    static func byteCount(for count: Int) -> Int {
        count > threshold ? slotCount(for: count) &* 4 : count > smallest ? threshold : 0
    }

    /// Fills the `byteCount` bytes at `place`.
    @inlinable
    static func fill(keys: UnsafePointer<Value>, count: Int, at place: UnsafeMutableRawPointer) {
        if count <= smallest { return }
        if count > threshold { return fillTable(keys: keys, count: count, at: place) }
        var halves = (UInt64(0), UInt64(0))
        for index in 0..<min(count, 8) { halves.0 |= keys[index].hashByte << UInt64(8 &* index) }
        for index in min(count, 8)..<count { halves.1 |= keys[index].hashByte << UInt64(8 &* (index &- 8)) }
        place.storeBytes(of: halves.0, as: UInt64.self)
        place.storeBytes(of: halves.1, toByteOffset: 8, as: UInt64.self)
    }

    @inlinable
    static var highBits: UInt64 { 0x8080_8080_8080_8080 }

    /// The number of the string among up to 16 keys, or -1.
    @inline(__always)
    private static func number(of key: Value, in keys: UnsafePointer<Value>, count: Int, row: UnsafeRawPointer) -> Int {
        if count <= smallest {
            for index in 0..<count where keys[index].word0 == key.word0 {
                if keys[index].word1 == key.word1 { return index }
                if key.count > Value.longestShort { return findSlowly(key, in: keys, count: count) }
                if keys[index].equalsShortString(key) { return index }
            }
            return -1
        }
        let wanted = key.hashByte &* 0x0101_0101_0101_0101
        var first = 0
        repeat {
            // Zero in the bytes that are alike; all bytes of keys have the high bit, those behind the last key have not.
            let difference = row.load(fromByteOffset: first, as: UInt64.self) ^ wanted
            var candidates = (highBits &- difference) & ~difference & highBits
            while candidates != 0 {
                let index = first &+ candidates.trailingZeroBitCount >> 3
                if keys[index].word0 == key.word0 {
                    if keys[index].word1 == key.word1 { return index }
                    // The length and half of the hash are the same: nearly always the key.
                    if key.count > Value.longestShort || !keys[index].equalsShortString(key) {
                        return findSlowly(key, in: keys, count: count)
                    }
                    return index
                }
                candidates &= candidates &- 1
            }
            first &+= 8
        } while first < count
        return -1
    }

    /// The number of the string among up to 16 keys, or -1. A call of its own that calls nothing: it needs few registers.
    @usableFromInline @inline(never)
    static func find(string key: Value, in keys: UnsafePointer<Value>, count: Int, row: UnsafeRawPointer) -> Int {
        number(of: key, in: keys, count: count, row: row)
    }

    /// The member of an object, or undefined. A call of its own, as `find`.
    @usableFromInline @inline(never)
    static func member(_ object: Value, _ key: Value) -> Value {
        let count = object.count
        guard key.kind == .string, count <= threshold else { return memberSlowly(object, key) }
        let keys = object.rawPointer.assumingMemoryBound(to: Value.self)
        let index = number(of: key, in: keys, count: count, row: UnsafeRawPointer(keys + 2 &* count))
        return index < 0 ? .undefined : keys[count &+ index]
    }

    @inline(never)
    private static func memberSlowly(_ object: Value, _ key: Value) -> Value {
        let index = object.keyIndex(key)
        return index < 0 ? .undefined : object.values[index]
    }

    @usableFromInline @inline(never)
    static func findSlowly(_ key: Value, in keys: UnsafePointer<Value>, count: Int) -> Int {
        if key.kind == .string {
            for index in 0..<count where keys[index].word0 == key.word0 && keys[index].equalsString(key) {
                return index
            }
            return -1
        }
        for index in 0..<count where keys[index] == key { return index }
        return -1
    }

    @usableFromInline
    static func fillTable(keys: UnsafePointer<Value>, count: Int, at place: UnsafeMutableRawPointer) {
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
    @usableFromInline @inline(never)
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
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let order = ValueOrder.compare(keys[middle], key)
            if order == 0 { return middle }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return -1
    }
}
