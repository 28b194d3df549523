/// Looks at bytes eight at a time.
enum ByteScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// The number of Unicode scalars in UTF-8: of bytes that do not continue one.
    static func scalarCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var continuations = 0
        forEachWord(of: bytes) { word in continuations &+= ((word >> 7) & ~(word >> 6) & ones).nonzeroBitCount }
        return bytes.count - continuations
    }

    /// Whether all bytes are ASCII without control characters.
    static func isPrintableASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var suspects: UInt64 = 0
        forEachWord(of: bytes) { word in
            // The high bit of a byte below 0x20 (a borrow may add others above it), of one from 0x80, of 0x7F.
            suspects |= (word &- ones &* 0x20) | word | (word &+ ones)
        }
        return suspects & (ones &* 0x80) == 0
    }

    /// Whether a byte is `#`.
    static func containsHash(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var found: UInt64 = 0
        forEachWord(of: bytes) { word in
            // A byte that is zero after the exclusive or borrows into its high bit.
            let rest = word ^ (ones &* UInt64(UInt8(ascii: "#")))
            found |= (rest &- ones) & ~rest
        }
        return found & (ones &* 0x80) != 0
    }

    /// Gives the bytes as words; the last one is filled up with spaces.
    @inline(__always)
    private static func forEachWord(of bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt64) -> Void) {
        guard let start = UnsafeRawPointer(bytes.baseAddress) else { return }
        var offset = 0
        while offset &+ 8 <= bytes.count {
            body(start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset &+= 8
        }
        if offset == bytes.count { return }
        var last = ones &* 0x20
        withUnsafeMutableBytes(of: &last) { place in
            place.copyMemory(from: UnsafeRawBufferPointer(start: start + offset, count: bytes.count &- offset))
        }
        body(last)
    }
}
