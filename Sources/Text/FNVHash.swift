/// 64-bit FNV-1a (draft-eastlake-fnv): names contents; no protection against an adversary.
package struct FNVHash: Sendable {
    @usableFromInline var state: UInt64

    /// A hash that begins at the offset basis, changed by a seed.
    @inlinable
    package init(seed: UInt64 = 0) { state = seed ^ 0xCBF2_9CE4_8422_2325 }

    @inlinable
    package var value: UInt64 { state }

    /// Adds a byte.
    @inlinable @inline(__always)
    package mutating func add(byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    /// Adds bytes; those of two calls count as one run.
    @inlinable
    package mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte: byte) }
    }

    /// Adds a part, as `combine` of its bytes does.
    package mutating func combine(_ part: String) {
        var part = part
        part.withUTF8 { add($0) }
        add(byte: 0xFF)
    }

    /// Adds a part, so that the boundaries between parts count: `ab`, `c` and `a`, `bc` differ.
    @inlinable
    package mutating func combine(_ part: some Sequence<UInt8>) {
        add(part)
        add(byte: 0xFF)
    }

    /// The state as 16 hexadecimal digits.
    package var text: String { Hex.text(state, digits: 16) }

    /// The digits of parts.
    package static func text(_ parts: some Sequence<some Sequence<UInt8>>) -> String {
        var hash = FNVHash()
        for part in parts { hash.combine(part) }
        return hash.text
    }
}
