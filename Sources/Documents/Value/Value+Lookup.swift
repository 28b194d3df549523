#if canImport(Glibc)
    public import Glibc
#else
    public import Darwin
#endif
import Text

extension Value {
    /// The value under `key`: an object's member, an array's element (integer keys from 0), or for a set the element
    /// itself. Undefined when there is none. (Rego reference semantics.)
    @inlinable
    public func member(_ key: Value) -> Value {
        switch kind {
        case .object:
            let index = keyIndex(key)
            return index < 0 ? .undefined : values[index]
        case .array:
            guard let position = key.indexValue, position >= 0, position < Int64(count) else { return .undefined }
            return elements[Int(position)]
        case .set:
            let index = keyIndex(key)
            // Of equal numbers written differently (1, 1.0) the one asked for is given, as in OPA.
            return index < 0 ? .undefined : key.kind == .decimal || elements[index].kind == .decimal ? key : elements[index]
        default: return .undefined
        }
    }

    /// The member of what is known to be an object, or undefined.
    @inlinable @inline(__always)
    public func objectMember(_ key: Value) -> Value { HashIndex.member(self, key) }

    /// The value under a string key, or undefined if this is not an object or has no such key.
    public func field(_ name: StaticString) -> Value {
        guard kind == .object else { return .undefined }
        return member(.string(name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// Whether this is a string of these bytes.
    package func isText(_ text: StaticString) -> Bool {
        kind == .string && count == text.utf8CodeUnitCount
            && utf8.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The value under a string key, or undefined if this is not an object or has no such key.
    public func field(named name: String) -> Value {
        guard kind == .object else { return .undefined }
        var name = name
        return name.withUTF8 { name in
            // A text in memory always has an address.
            guard let start = name.baseAddress else { return .undefined }
            return member(.string(start, count: name.count))
        }
    }

    /// The number of the key among an object's keys or a set's elements, or -1.
    @inlinable @inline(__always)
    public func keyIndex(_ key: Value) -> Int {
        let count = self.count
        let keys = rawPointer.assumingMemoryBound(to: Value.self)
        let behind = UnsafeRawPointer(kind == .object ? keys + 2 * count : keys + count)
        if count > HashIndex.threshold { return HashIndex.find(key, in: keys, count: count, table: behind) }
        if key.kind == .string {
            return HashIndex.find(string: key, in: keys, count: count, row: behind)
        }
        return HashIndex.findSlowly(key, in: keys, count: count)
    }

    /// Seven bits of a string's hash below a high one; of other values some bits.
    @inlinable @inline(__always)
    var hashByte: UInt64 { word0 >> 16 & 0xFF | 0x80 }

    /// Texts up to this many bytes, as most keys are, are compared with overlapping loads instead of a call.
    @inlinable
    static var longestShort: Int { 32 }

    @inlinable @inline(__always)
    static func equalShortBytes(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
        func areEqual(at offset: Int) -> Bool {
            left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                == right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }
        if count >= 8 {
            guard areEqual(at: 0), areEqual(at: count &- 8) else { return false }
            return count <= 16 || areEqual(at: 8) && areEqual(at: count &- 16)
        }
        if count >= 4 {
            return left.loadUnaligned(as: UInt32.self) == right.loadUnaligned(as: UInt32.self)
                && left.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
                    == right.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
        }
        var index = 0
        while index < count {
            if left.load(fromByteOffset: index, as: UInt8.self) != right.load(fromByteOffset: index, as: UInt8.self) {
                return false
            }
            index &+= 1
        }
        return true
    }

    /// Whether this is the same string as another of at most `longestShort` bytes.
    @inlinable @inline(__always)
    func equalsShortString(_ other: Value) -> Bool {
        if word0 != other.word0 { return false }
        if word1 == other.word1 { return true }
        if word1 >> 48 != other.word1 >> 48 { return false }
        return Self.equalShortBytes(rawPointer, other.rawPointer, other.count)
    }

    /// Whether this, a string, can be equal to another value: the same length and hash.
    @inlinable @inline(__always)
    package func mayEqualText(_ other: Value) -> Bool { word0 == other.word0 && (word1 ^ other.word1) >> 48 == 0 }

    /// Whether two strings whose first words are equal are equal.
    @inlinable @inline(__always)
    func equalsString(_ other: Value) -> Bool {
        if word1 == other.word1 { return true }
        if word1 >> 48 != other.word1 >> 48 { return false }
        if count <= Self.longestShort { return Self.equalShortBytes(rawPointer, other.rawPointer, count) }
        if count > ValueOrder.longText { ValueOrder.chargeText(count) }
        return memcmp(rawPointer, other.rawPointer, count) == 0
    }
}

extension Value: Hashable {
    /// Rego equality: numbers by value, strings by bytes, collections by contents.
    @inlinable
    public static func == (left: Value, right: Value) -> Bool {
        if left.isIdentical(to: right) { return true }
        switch left.kind {
        case .string: return left.word0 == right.word0 && left.equalsString(right)
        case .undefined, .null, .bool, .node: return false
        case .int: return right.kind == .decimal && ValueOrder.compare(left, right) == 0
        case .decimal: return right.isNumber && ValueOrder.compare(left, right) == 0
        case .array, .object, .set:
            guard left.kind == right.kind, left.count == right.count else { return false }
            return left.hasEqualContents(right)
        }
    }

    @usableFromInline
    func hasEqualContents(_ other: Value) -> Bool {
        var work = 0
        let isEqual = hasEqualContents(other, &work)
        // A look at the first few parts is paid for by whoever compares.
        if work >= 8 { _ = WorkMeter.charge(work) }
        return isEqual
    }

    /// Collections that share their parts are compared part by part, which is charged as the comparison goes on.
    private func hasEqualContents(_ other: Value, _ work: inout Int) -> Bool {
        if rawPointer == other.rawPointer { return true }
        let total = kind == .object ? 2 * count : count
        let left = rawPointer.assumingMemoryBound(to: Value.self)
        let right = other.rawPointer.assumingMemoryBound(to: Value.self)
        work &+= 2
        for index in 0..<total {
            let (one, two) = (left[index], right[index])
            if one.isCollection, one.kind == two.kind, one.count == two.count {
                if !one.hasEqualContents(two, &work) { return false }
            } else if one != two {
                return false
            }
            if index & 3 == 3 { work &+= 1 }
            if work >= 256 {
                guard WorkMeter.charge(work) else { return false }
                work = 0
            }
        }
        return true
    }

    /// Bytes of a decimal's text; 0 for an integer.
    @usableFromInline
    var textLength: Int { kind == .decimal ? count : 0 }

    public func hash(into hasher: inout Hasher) { hasher.combine(hash32) }

    /// A 32-bit hash that agrees with `==`.
    @inlinable
    public var hash32: UInt32 {
        switch kind {
        case .string: return stringHash
        case .int: return NumberText.hash(Double(rawInt))
        case .decimal:
            if count > ValueOrder.longText { ValueOrder.chargeText(count << 4) }
            return NumberText.hash(NumberText.double(self))
        case .array, .object, .set: return hashOfContents
        default: return UInt32(truncatingIfNeeded: word0 ^ word1 &* 0x9E37_79B9)
        }
    }

    @usableFromInline
    var hashOfContents: UInt32 {
        let total = kind == .object ? 2 * count : count
        let parts = rawPointer.assumingMemoryBound(to: Value.self)
        var state = UInt64(kind.rawValue) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(count)
        guard WorkMeter.charge(1 &+ total >> 2) else { return 0 }
        for index in 0..<total { state = StringHash.mix(state ^ (UInt64(parts[index].hash32) &+ 0x9E37_79B9)) }
        return UInt32(truncatingIfNeeded: state)
    }
}
