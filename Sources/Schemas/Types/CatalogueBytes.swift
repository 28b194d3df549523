/// Reads numbers from a catalogue. Reading past the end gives zeros, so that a damaged file is never a crash.
struct CatalogueBytes {
    let bytes: UnsafeBufferPointer<UInt8>
    var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    mutating func byte() -> UInt8 {
        guard offset >= 0, offset < bytes.count else { return 0 }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// A number of seven bits a byte, the lowest first; the high bit says that more follow.
    mutating func number() -> Int {
        var result = 0
        var shift = 0
        while shift < 56 {
            let next = byte()
            result |= Int(next & 0x7F) << shift
            if next & 0x80 == 0 { break }
            shift += 7
        }
        return result
    }

    func word(at offset: Int) -> Int {
        guard offset >= 0, offset + 4 <= bytes.count else { return 0 }
        return Int(bytes[offset]) | Int(bytes[offset + 1]) << 8 | Int(bytes[offset + 2]) << 16
            | Int(bytes[offset + 3]) << 24
    }
}

/// Writes what `CatalogueBytes` reads.
struct CatalogueBuffer {
    var bytes: [UInt8] = []

    mutating func number(_ value: Int) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func word(_ value: Int) {
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
}
