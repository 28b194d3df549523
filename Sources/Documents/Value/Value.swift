/// A JSON-like value of Rego: 16 trivially copyable bytes that point into the arena which owns the storage.
///
/// Layout: the first word holds the kind (8 bits), flags (8 bits), the low half of a string's hash (16 bits) and the
/// count (32 bits); the second holds the payload: the boolean, the integer, or a 48-bit pointer with, for strings, the
/// high half of the hash above it. A value is valid as long as its arena; it never owns memory, so copying is free and
/// sharing between threads needs no reference counts (see `docs/value-model.md`).
@frozen
public struct Value: @unchecked Sendable {
    @usableFromInline var word0: UInt64
    @usableFromInline var word1: UInt64

    @inlinable @inline(__always)
    init(word0: UInt64, word1: UInt64) {
        self.word0 = word0
        self.word1 = word1
    }

    /// What a value is.
    @frozen
    public enum Kind: UInt8, Sendable {
        /// No value: an undefined reference or a failed expression. Never stored inside a collection.
        case undefined = 0
        case null = 1
        case bool = 2
        /// An integer that fits 64 bits.
        case int = 3
        /// Any other number, as its decimal text.
        case decimal = 4
        case string = 5
        case array = 6
        case object = 7
        case set = 8
        /// Machine-internal: a place in the tree of virtual documents that has not been evaluated.
        case node = 9
    }

    @inlinable @inline(__always)
    public var kind: Kind { unsafeBitCast(UInt8(truncatingIfNeeded: word0), to: Kind.self) }

    /// Bytes of a string or decimal, or elements of a collection.
    @inlinable @inline(__always)
    public var count: Int { Int(truncatingIfNeeded: word0 >> 32) }

    @inlinable @inline(__always)
    public var isUndefined: Bool { UInt8(truncatingIfNeeded: word0) == 0 }

    @inlinable @inline(__always)
    public var isDefined: Bool { UInt8(truncatingIfNeeded: word0) != 0 }

    @inlinable @inline(__always)
    public var isNumber: Bool { kind == .int || kind == .decimal }

    @inlinable @inline(__always)
    public var isCollection: Bool {
        let raw = UInt8(truncatingIfNeeded: word0)
        return raw >= 6 && raw <= 8
    }

    /// Whether the two are the same bits: equal scalars, or the very same storage. Implies equality.
    @inlinable @inline(__always)
    public func isIdentical(to other: Value) -> Bool { word0 == other.word0 && word1 == other.word1 }

    /// Two words that tell this value apart from every other one of the same arenas (a memo key).
    @inlinable @inline(__always)
    public var identity: (UInt64, UInt64) { (word0, word1) }

    // MARK: Scalars

    @inlinable @inline(__always)
    public static var undefined: Value { Value(word0: 0, word1: 0) }

    @inlinable @inline(__always)
    public static var null: Value { Value(word0: 1, word1: 0) }

    @inlinable @inline(__always)
    public static func bool(_ value: Bool) -> Value { Value(word0: 2, word1: value ? 1 : 0) }

    @inlinable @inline(__always)
    public static var `true`: Value { Value(word0: 2, word1: 1) }

    @inlinable @inline(__always)
    public static var `false`: Value { Value(word0: 2, word1: 0) }

    @inlinable @inline(__always)
    public static func int(_ value: Int64) -> Value { Value(word0: 3, word1: UInt64(bitPattern: value)) }

    @inlinable @inline(__always)
    public static func int(_ value: Int) -> Value { .int(Int64(value)) }

    /// A machine-internal reference to place `id` in the tree of virtual documents.
    @inlinable @inline(__always)
    public static func node(_ id: Int) -> Value { Value(word0: 9, word1: UInt64(id)) }

    /// The number of a `node` value.
    @inlinable @inline(__always)
    public var nodeID: Int { Int(word1) }

    @inlinable @inline(__always)
    public var isTrue: Bool { word0 == 2 && word1 == 1 }

    @inlinable @inline(__always)
    public var isFalse: Bool { word0 == 2 && word1 == 0 }

    /// The boolean, or nil for any other kind.
    @inlinable
    public var boolValue: Bool? { kind == .bool ? word1 != 0 : nil }

    /// The integer of an `int`, or nil. A decimal such as `1.0` is not an `int`; see `integerValue`.
    @inlinable @inline(__always)
    public var intValue: Int64? { kind == .int ? Int64(bitPattern: word1) : nil }

    /// The integer payload without a check of the kind.
    @inlinable @inline(__always)
    public var rawInt: Int64 { Int64(bitPattern: word1) }

    // MARK: Storage

    /// The address of the bytes or elements; only for strings, decimals and collections.
    @inlinable @inline(__always)
    public var rawPointer: UnsafeRawPointer {
        UnsafeRawPointer(bitPattern: UInt(truncatingIfNeeded: word1 & 0x0000_FFFF_FFFF_FFFF)).unsafelyUnwrapped
    }

    /// The UTF-8 bytes of a string, or the text of a decimal.
    @inlinable @inline(__always)
    public var utf8: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: rawPointer.assumingMemoryBound(to: UInt8.self), count: count)
    }

    /// A copy of the text of a string or decimal.
    public var string: String { String(decoding: utf8, as: UTF8.self) }

    /// The string's text, or nil for any other kind.
    public var stringValue: String? { kind == .string ? string : nil }

    /// The elements of an array or set, or the keys of an object, in Rego order for sets and objects.
    @inlinable @inline(__always)
    public var elements: UnsafeBufferPointer<Value> {
        UnsafeBufferPointer(start: rawPointer.assumingMemoryBound(to: Value.self), count: count)
    }

    /// The keys of an object, sorted in Rego order.
    @inlinable @inline(__always)
    public var keys: UnsafeBufferPointer<Value> { elements }

    /// The values of an object, in the order of its keys.
    @inlinable @inline(__always)
    public var values: UnsafeBufferPointer<Value> {
        UnsafeBufferPointer(start: rawPointer.assumingMemoryBound(to: Value.self) + count, count: count)
    }

    // MARK: Strings

    /// A string over valid UTF-8 bytes that live as long as the value is used.
    @inlinable
    public static func string(_ bytes: UnsafePointer<UInt8>, count: Int) -> Value {
        let hash = StringHash.hash(bytes, count: count)
        return Value(
            word0: 5 | UInt64(hash & 0xFFFF) << 16 | UInt64(UInt32(truncatingIfNeeded: count)) << 32,
            word1: UInt64(UInt(bitPattern: bytes)) | UInt64(hash >> 16) << 48)
    }

    /// The 32-bit hash a string carries.
    @inlinable @inline(__always)
    var stringHash: UInt32 { UInt32((word0 >> 16) & 0xFFFF) | UInt32(word1 >> 48) << 16 }

    /// A value over storage laid out as `Arena` does it.
    @inlinable @inline(__always)
    static func storage(_ kind: Kind, count: Int, at pointer: UnsafeRawPointer, flags: UInt8 = 0) -> Value {
        Value(
            word0: UInt64(kind.rawValue) | UInt64(flags) << 8 | UInt64(UInt32(truncatingIfNeeded: count)) << 32,
            word1: UInt64(UInt(bitPattern: pointer)))
    }

    @inlinable @inline(__always)
    var flags: UInt8 { UInt8(truncatingIfNeeded: word0 >> 8) }
}

/// The hash that strings carry: 32 bits over the bytes, eight at a time.
public enum StringHash {
    @inlinable
    public static func hash(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt32 {
        let raw = UnsafeRawPointer(bytes)
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
        var offset = 0
        while offset + 8 <= count {
            state = mix(state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        if count >= 8 {
            if offset < count { rest = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self) }
        } else if count >= 4 {
            rest =
                UInt64(raw.loadUnaligned(as: UInt32.self)) << 32
                | UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        } else if count > 0 {
            rest = UInt64(bytes[0]) << 16 | UInt64(bytes[count >> 1]) << 8 | UInt64(bytes[count - 1])
        }
        state = mix(state ^ rest)
        return UInt32(truncatingIfNeeded: state >> 32) ^ UInt32(truncatingIfNeeded: state)
    }

    @inlinable @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low
    }
}

extension Value {
    /// The type's name as policies call it (`type_name`).
    public var typeName: String {
        switch kind {
        case .null: "null"
        case .bool: "boolean"
        case .int, .decimal: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        case .set: "set"
        case .undefined, .node: "undefined"
        }
    }
}
