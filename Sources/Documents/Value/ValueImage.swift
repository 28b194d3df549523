#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Values laid out so that they can be written to a file and used again from memory: pointers are offsets into the
/// image, and a list says where they stand.
public struct ValueImage {
    /// The storage of the values and whatever tables were appended.
    public private(set) var bytes: [UInt8] = []
    /// Offsets of the second words of values that point into the image.
    public private(set) var relocations: [UInt32] = []
    /// The offsets of storage that is written already, by its address and size.
    private var known: [Storage: UInt64] = [:]

    private struct Storage: Hashable {
        var address: UInt
        var kind: UInt8
        var count: Int
    }

    private static let pointerMask: UInt64 = 0x0000_FFFF_FFFF_FFFF

    public init() {}

    /// Appends the values one after the other, at the returned offset, which is a multiple of 16.
    public mutating func append(_ values: [Value]) -> Int { appendBlock(values.map { words(of: $0) }, trailer: []) }

    /// The words of a value whose storage is in the image.
    private mutating func words(of value: Value) -> (UInt64, UInt64) {
        switch value.kind {
        case .undefined, .null, .bool, .int, .node: return (value.word0, value.word1)
        case .string, .decimal:
            return (value.word0, value.word1 & ~Self.pointerMask | offset(of: value) { $0.appendText(value.utf8) })
        case .array, .object, .set:
            // Positions are behind the elements and are left out.
            return (value.word0 & ~0xFF00, offset(of: value) { $0.appendCollection(value) })
        }
    }

    private mutating func offset(of value: Value, write: (inout ValueImage) -> UInt64) -> UInt64 {
        let storage = Storage(
            address: UInt(bitPattern: value.rawPointer), kind: value.kind.rawValue, count: value.count)
        if let offset = known[storage] { return offset }
        let offset = write(&self)
        known[storage] = offset
        return offset
    }

    private mutating func appendText(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        defer { bytes.append(contentsOf: text) }
        return UInt64(bytes.count)
    }

    private mutating func appendCollection(_ value: Value) -> UInt64 {
        let total = value.kind == .object ? 2 * value.count : value.count
        let parts = UnsafeBufferPointer(start: value.elements.baseAddress, count: total)
        let words = parts.map { self.words(of: $0) }
        var index: [UInt8] = []
        if value.kind != .array {
            index = [UInt8](repeating: 0, count: HashIndex.byteCount(for: value.count))
            if !index.isEmpty {
                index.withUnsafeMutableBytes {
                    HashIndex.fill(keys: parts.baseAddress!, count: value.count, at: $0.baseAddress!)
                }
            }
        }
        return UInt64(appendBlock(words, trailer: index))
    }

    private mutating func appendBlock(_ words: [(UInt64, UInt64)], trailer: [UInt8]) -> Int {
        while bytes.count % 16 != 0 { bytes.append(0) }
        let start = bytes.count
        for (word0, word1) in words {
            let kind = Value.Kind(rawValue: UInt8(truncatingIfNeeded: word0))
            switch kind {
            case .string, .decimal, .array, .object, .set: relocations.append(UInt32(bytes.count + 8))
            default: break
            }
            withUnsafeBytes(of: (word0, word1)) { bytes.append(contentsOf: $0) }
        }
        bytes.append(contentsOf: trailer)
        return start
    }

    /// Makes pointers of the offsets, for an image whose first byte will be at an address.
    package mutating func place(at address: UInt64) {
        let relocations = relocations
        bytes.withUnsafeMutableBytes { bytes in
            relocations.withUnsafeBufferPointer { Self.move(bytes.baseAddress, $0, by: address) }
        }
    }

    /// A usable copy of an image in the arena.
    /// - Parameter address: where the image was placed for; 0 for one of offsets.
    public static func load(
        _ bytes: UnsafeRawBufferPointer, relocations: UnsafeBufferPointer<UInt32>, into arena: Arena, placedAt address: UInt64 = 0
    ) -> UnsafeRawPointer {
        let copy = arena.allocate(bytes.count)
        if let start = bytes.baseAddress { memcpy(copy, start, bytes.count) }
        move(copy, relocations, by: UInt64(UInt(bitPattern: copy)) &- address)
        return UnsafeRawPointer(copy)
    }

    private static func move(
        _ start: UnsafeMutableRawPointer?, _ relocations: UnsafeBufferPointer<UInt32>, by distance: UInt64
    ) {
        guard let start else { return }
        for offset in relocations {
            let word = (start + Int(offset)).assumingMemoryBound(to: UInt64.self)
            word.pointee &+= distance
        }
    }
}
