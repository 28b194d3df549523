/// Questions about raw bytes that readers ask before they call them text.
package enum UTF8Scan {
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The number of leading ASCII bytes.
    static func asciiPrefix(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        let raw = UnsafeRawPointer(base)
        var index = 0
        while index + 8 <= bytes.count, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & highBits == 0 {
            index += 8
        }
        while index < bytes.count, base[index] < 0x80 { index += 1 }
        return index
    }

    /// The number of bytes of the well-formed sequence at `index`, or 0 if there is none (Unicode, table 3-7).
    @inline(__always)
    static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let lead = bytes[index]
        if lead < 0x80 { return 1 }
        let left = bytes.count - index
        func isTail(_ offset: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
            bytes[index + offset] >= low && bytes[index + offset] <= high
        }
        switch lead {
        case 0xC2...0xDF: return left >= 2 && isTail(1) ? 2 : 0
        case 0xE0...0xEF:
            let low: UInt8 = lead == 0xE0 ? 0xA0 : 0x80
            let high: UInt8 = lead == 0xED ? 0x9F : 0xBF
            return left >= 3 && isTail(1, low, high) && isTail(2) ? 3 : 0
        case 0xF0...0xF4:
            let low: UInt8 = lead == 0xF0 ? 0x90 : 0x80
            let high: UInt8 = lead == 0xF4 ? 0x8F : 0xBF
            return left >= 4 && isTail(1, low, high) && isTail(2) && isTail(3) ? 4 : 0
        default: return 0
        }
    }

    /// Where the first byte stands that is not part of well-formed UTF-8; nil when all is well.
    package static func firstInvalidByte(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = asciiPrefix(bytes)
        while index < bytes.count {
            let length = sequenceLength(bytes, at: index)
            if length == 0 { return index }
            index += length
            if length == 1 { index += asciiPrefix(UnsafeBufferPointer(rebasing: bytes[index...])) }
        }
        return nil
    }

    /// The bytes with each malformed one replaced by U+FFFD, as Go does.
    static func repaired(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBufferPointer { buffer in
            if firstInvalidByte(buffer) == nil { return bytes }
            var result: [UInt8] = []
            var index = 0
            while index < buffer.count {
                let length = sequenceLength(buffer, at: index)
                result += length == 0 ? [0xEF, 0xBF, 0xBD] : Array(buffer[index..<index + length])
                index += max(length, 1)
            }
            return result
        }
    }

    /// Writes a scalar as UTF-8 and returns the number of bytes; surrogates become U+FFFD.
    @inline(__always)
    static func encode(_ scalar: UInt32, at target: UnsafeMutablePointer<UInt8>) -> Int {
        if scalar < 0x80 {
            target[0] = UInt8(scalar)
            return 1
        }
        if scalar < 0x800 {
            target[0] = 0xC0 | UInt8(scalar >> 6)
            target[1] = 0x80 | UInt8(scalar & 0x3F)
            return 2
        }
        if scalar < 0x10000 {
            let scalar = scalar & 0xF800 == 0xD800 ? 0xFFFD : scalar
            target[0] = 0xE0 | UInt8(scalar >> 12)
            target[1] = 0x80 | UInt8(scalar >> 6 & 0x3F)
            target[2] = 0x80 | UInt8(scalar & 0x3F)
            return 3
        }
        target[0] = 0xF0 | UInt8(scalar >> 18)
        target[1] = 0x80 | UInt8(scalar >> 12 & 0x3F)
        target[2] = 0x80 | UInt8(scalar >> 6 & 0x3F)
        target[3] = 0x80 | UInt8(scalar & 0x3F)
        return 4
    }
}
