/// 64-bit FNV-1a (draft-eastlake-fnv): names contents; no protection against an adversary.
package struct FNVHash: Sendable {
    private var state: UInt64

    /// A hash that begins at the offset basis, changed by a seed.
    package init(seed: UInt64 = 0) { state = seed ^ 0xCBF2_9CE4_8422_2325 }

    package var value: UInt64 { state }

    /// Adds bytes; those of two calls count as one run.
    package mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }

    /// Adds a part, as `combine` of its bytes does.
    package mutating func combine(_ part: String) {
        var part = part, hash = state
        part.withUTF8 { bytes in
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        state = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
    }

    /// Adds a part, so that the boundaries between parts count: `ab`, `c` and `a`, `bc` differ.
    package mutating func combine(_ part: some Sequence<UInt8>) {
        add(part)
        add(CollectionOfOne(0xFF))
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
