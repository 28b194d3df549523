import CRE2

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Operations on text as UTF-8 bytes; positions are byte offsets unless said otherwise.
package enum UTF8Bytes {
    package typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The scalar at `index`, which moves behind it; a byte that is part of none is U+FFFD, as in Go.
    @inlinable
    package static func scalar(_ bytes: Bytes, at index: inout Int) -> Unicode.Scalar {
        let first = bytes[index], length = width(first)
        if first < 0x80 {
            index += 1
            return Unicode.Scalar(first)
        }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for offset in 1..<max(1, length) {
            guard index + offset < bytes.count, bytes[index + offset] & 0xC0 == 0x80 else {
                index += 1
                return "\u{FFFD}"
            }
            value = value << 6 | UInt32(bytes[index + offset] & 0x3F)
        }
        let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
        guard first >= 0xC2, value >= least, let scalar = Unicode.Scalar(value) else {
            index += 1
            return "\u{FFFD}"
        }
        index += length
        return scalar
    }

    /// The scalar that ends before `end`, which moves to its start.
    @inlinable
    package static func scalar(_ bytes: Bytes, before end: inout Int) -> Unicode.Scalar {
        var start = end - 1
        while start > 0, end - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        var index = start
        let found = scalar(bytes, at: &index)
        guard index == end else {
            end -= 1
            return "\u{FFFD}"
        }
        end = start
        return found
    }

    /// Bytes of the scalar that begins with `first`.
    @inlinable @inline(__always)
    package static func width(_ first: UInt8) -> Int { first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4 }

    /// Whether `index` is between the bytes of a scalar.
    package static func isInsideScalar(_ bytes: Bytes, at index: Int) -> Bool {
        guard index > 0, index < bytes.count, bytes[index] & 0xC0 == 0x80 else { return false }
        var start = index - 1
        while start > 0, index - start < 3, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return start + width(bytes, at: start) > index
    }

    /// Bytes of the scalar at `index`: one for a byte that is part of none.
    @inlinable @inline(__always)
    package static func width(_ bytes: Bytes, at index: Int) -> Int {
        if bytes[index] < 0x80 { return 1 }
        var end = index
        _ = scalar(bytes, at: &end)
        return end - index
    }

    /// Code points.
    package static func count(_ bytes: Bytes) -> Int {
        var count = 0, isASCII: UInt8 = 0
        for byte in bytes { isASCII |= byte }
        if isASCII < 0x80 { return bytes.count }
        var index = 0
        while index < bytes.count {
            _ = scalar(bytes, at: &index)
            count &+= 1
        }
        return count
    }

    package static func isASCII(_ bytes: Bytes) -> Bool { !bytes.contains { $0 >= 0x80 } }

    /// The first place of `needle` at or after `start`, or -1.
    package static func find(_ needle: Bytes, in bytes: Bytes, from start: Int = 0) -> Int {
        guard let base = bytes.baseAddress, start <= bytes.count else { return needle.isEmpty ? start : -1 }
        guard let wanted = needle.baseAddress, !needle.isEmpty else { return start }
        let room = bytes.count - start
        guard room >= needle.count else { return -1 }
        let place =
            needle.count == 1
            ? memchr(base + start, Int32(needle[0]), room)
            : cre2_search_bytes(base + start, room, wanted, needle.count).map { UnsafeMutableRawPointer(mutating: $0) }
        guard let place else { return -1 }
        return UnsafeRawPointer(place) - UnsafeRawPointer(base)
    }

    package static func hasPrefix(_ bytes: Bytes, _ prefix: Bytes) -> Bool {
        bytes.count >= prefix.count && equal(bytes, at: 0, prefix)
    }

    package static func hasSuffix(_ bytes: Bytes, _ suffix: Bytes) -> Bool {
        bytes.count >= suffix.count && equal(bytes, at: bytes.count - suffix.count, suffix)
    }

    /// Whether `other` stands in `bytes` at `offset`, where it must fit.
    package static func equal(_ bytes: Bytes, at offset: Int, _ other: Bytes) -> Bool {
        guard let left = bytes.baseAddress, let right = other.baseAddress, !other.isEmpty else { return other.isEmpty }
        return memcmp(left + offset, right, other.count) == 0
    }

    /// The byte offset of code point number `index`, at most the length.
    package static func offset(of index: Int, in bytes: Bytes, from start: Int = 0) -> Int {
        var offset = start
        var rest = index
        while rest > 0, offset < bytes.count {
            _ = scalar(bytes, at: &offset)
            rest -= 1
        }
        return min(offset, bytes.count)
    }
}
