/// A set of ASCII characters as 128 bits.
struct ASCIISet {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// The characters of a text; nil when one is not ASCII.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        for byte in text {
            if byte >= 0x80 { return nil }
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
        }
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte & 63) & 1 == 1
    }
}
