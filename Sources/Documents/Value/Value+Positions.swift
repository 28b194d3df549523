public import Diagnostics

/// A half-open range of bytes, by their numbers in the source map of the document; in a source that is in no map, by
/// their offsets.
@frozen
public struct ByteSpan: Sendable, Hashable {
    public var start: UInt32
    public var end: UInt32

    @inlinable
    public init(start: UInt32, end: UInt32) {
        self.start = start
        self.end = end
    }

    /// The place of what a program made: in no source of a map.
    public static let nowhere = ByteSpan(start: 0, end: 0)

    /// The span `base` numbers further on; the numbers of a source never go past 32 bits.
    @inline(__always)
    func moved(by base: UInt32) -> ByteSpan { ByteSpan(start: start &+ base, end: end &+ base) }

    /// The numbers of a range of bytes.
    public init(_ range: SourceRange) {
        self.init(start: range.start &+ range.file.base, end: range.end &+ range.file.base)
    }
}

extension SourceFile {
    /// Whether the bytes of a span are bytes of this source.
    public func contains(_ span: ByteSpan) -> Bool {
        span.start >= base && Int(span.start - base) <= bytes.count && !(map != nil && span == .nowhere)
    }

    /// The bytes of a span, which must be of this source; bounds outside are moved to its beginning or end.
    public func range(_ span: ByteSpan) -> SourceRange {
        SourceRange(
            file: self, start: span.start < base ? 0 : span.start - base, end: span.end < base ? 0 : span.end - base)
    }
}

/// One key and value of an object that a reader builds, with where they stand.
@frozen
public struct PositionedEntry: Sendable, BitwiseCopyable {
    public var key: Value
    public var value: Value
    public var keySpan: ByteSpan
    public var valueSpan: ByteSpan

    @inlinable
    public init(key: Value, value: Value, keySpan: ByteSpan, valueSpan: ByteSpan) {
        self.key = key
        self.value = value
        self.keySpan = keySpan
        self.valueSpan = valueSpan
    }
}

/// Collections made by a reader keep the place of each child behind their elements: eight bytes a child (and eight a
/// key), outside `Value`, so that only documents with a source pay for them.
extension Arena {
    static let hasPositions: UInt8 = 1

    /// An array whose elements stand at `spans`, to which `base` is added.
    public func array(
        _ elements: UnsafeBufferPointer<Value>, spans: UnsafeBufferPointer<ByteSpan>, base: UInt32 = 0
    ) -> Value {
        let count = elements.count
        let target = allocate(count * 24).assumingMemoryBound(to: Value.self)
        if count > 0 {
            target.update(from: elements.baseAddress!, count: count)
            let places = UnsafeMutableRawPointer(target + count).assumingMemoryBound(to: ByteSpan.self)
            for index in 0..<count { places[index] = spans[index].moved(by: base) }
        }
        return .storage(.array, count: count, at: target, flags: Self.hasPositions)
    }

    /// An object of entries whose keys are already sorted and differ; `base` is added to their places.
    public func object(sorted entries: UnsafeBufferPointer<PositionedEntry>, base: UInt32 = 0) -> Value {
        let count = entries.count
        let indexSize = HashIndex.byteCount(for: count)
        let keys = allocate(count * 48 + indexSize).assumingMemoryBound(to: Value.self)
        let spans = (UnsafeMutableRawPointer(keys + 2 * count) + indexSize).assumingMemoryBound(to: ByteSpan.self)
        for index in 0..<count {
            keys[index] = entries[index].key
            keys[count + index] = entries[index].value
            spans[index] = entries[index].keySpan.moved(by: base)
            spans[count + index] = entries[index].valueSpan.moved(by: base)
        }
        HashIndex.fill(keys: keys, count: count, at: keys + 2 * count)
        return .storage(.object, count: count, at: keys, flags: Self.hasPositions)
    }
}

extension Value {
    /// Whether the places of the children are known.
    public var hasPositions: Bool { isCollection && flags & Arena.hasPositions != 0 }

    private var spans: UnsafePointer<ByteSpan> {
        let elements = rawPointer.assumingMemoryBound(to: Value.self)
        if kind == .array { return UnsafeRawPointer(elements + count).assumingMemoryBound(to: ByteSpan.self) }
        return (UnsafeRawPointer(elements + 2 * count) + HashIndex.byteCount(for: count))
            .assumingMemoryBound(to: ByteSpan.self)
    }

    /// Where the key of an object's entry stands; `hasPositions` must hold.
    public func keySpan(at index: Int) -> ByteSpan { spans[index] }

    /// Where an array's element or the value of an object's entry stands; `hasPositions` must hold.
    public func valueSpan(at index: Int) -> ByteSpan { spans[kind == .array ? index : count + index] }
}
