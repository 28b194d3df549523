#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Bytes of a YAML file made ready for libyaml: UTF-8 without a byte order mark, looked through once.
package enum YAMLText {
    /// The bytes as UTF-8 without a mark; nil when they already are.
    static func transcoded(_ bytes: [UInt8]) -> [UInt8]? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes[3...]) }
        let isLittleEndian = bytes.starts(with: [0xFF, 0xFE])
        guard isLittleEndian || bytes.starts(with: [0xFE, 0xFF]) else { return nil }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: 2, to: bytes.count - 1, by: 2) {
            let (low, high) = isLittleEndian ? (bytes[index], bytes[index + 1]) : (bytes[index + 1], bytes[index])
            units.append(UInt16(high) << 8 | UInt16(low))
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// What one look at the bytes tells.
    package enum Survey: Equatable {
        case ascii
        case utf8
        /// The first byte that is not part of well-formed UTF-8, or a character that YAML forbids.
        case invalid(Int)
    }

    /// Looks through the bytes. libyaml reads far ahead of the document it parses, so a bad byte must be found first or
    /// it takes earlier documents with it.
    package static func survey(_ bytes: UnsafeBufferPointer<UInt8>) -> Survey {
        let clean = cleanPrefix(bytes, from: 0)
        if clean == bytes.count { return .ascii }
        var index = clean
        while index < bytes.count {
            let length = UTF8Scan.sequenceLength(bytes, at: index)
            if length == 0 || !isAllowed(bytes, index, length) { return .invalid(index) }
            index = length == 1 ? cleanPrefix(bytes, from: index) : index + length
        }
        return .utf8
    }

    /// Where the run of printable ASCII, tabs and line breaks from `start` ends, eight bytes at a time.
    private static func cleanPrefix(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = bytes.baseAddress else { return start }
        let raw = UnsafeRawPointer(base)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs = ones &* 0x80
        let lows = ones &* 0x7F
        var index = start
        while index &+ 8 <= bytes.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            // Below, a high bit is set for each byte that is not zero: the sums cannot carry while all bytes are ASCII.
            let notControl = (word & (ones &* 0x60)) &+ lows
            let notNewline = (word ^ (ones &* 0x0A)) &+ lows
            let notReturn = (word ^ (ones &* 0x0D)) &+ lows
            let notTab = (word ^ (ones &* 0x09)) &+ lows
            let badControl = ~notControl & notNewline & notReturn & notTab
            if (badControl | word | (word &+ ones)) & highs != 0 { break }
            index &+= 8
        }
        while index < bytes.count, isClean(base[index]) { index &+= 1 }
        return index
    }

    @inline(__always)
    private static func isClean(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x5F || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// Whether YAML allows the character (YAML 1.1, section 5.1, as libyaml has it).
    private static func isAllowed(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ length: Int) -> Bool {
        let (first, second) = (bytes[index], length > 1 ? bytes[index + 1] : 0)
        switch length {
        case 1: return isClean(first)
        case 2: return first != 0xC2 || second == 0x85 || second >= 0xA0
        case 3: return !(first == 0xEF && second == 0xBF && bytes[index + 2] >= 0xBE)
        default: return true
        }
    }

    /// Where the `%TAG` directive after the first `limit` ones stands; libyaml compares each with all before it.
    package static func excessTagDirective(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var index = 0
        var count = 0
        while let found = memchr(base + index, 0x25, bytes.count - index) {
            let place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            index = place + 1
            let isLineStart = place == 0 || bytes[place - 1] == 0x0A || bytes[place - 1] == 0x0D
            guard isLineStart, bytes[index...].starts(with: "TAG".utf8) else { continue }
            count += 1
            if count > limit { return place }
        }
        return nil
    }

    /// The offset of the next line that starts with `---` at or after `offset`; nil if there is none.
    static func nextDocumentMarker(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Int? {
        var index = offset
        while index + 3 <= bytes.count {
            let isLineStart = index == 0 || bytes[index - 1] == 0x0A || bytes[index - 1] == 0x0D
            if isLineStart, bytes[index] == 0x2D, bytes[index + 1] == 0x2D, bytes[index + 2] == 0x2D {
                if index + 3 == bytes.count || bytes[index + 3] <= 0x20 { return index }
            }
            guard let lineEnd = endOfLine(bytes, from: index) else { return nil }
            index = lineEnd + 1
        }
        return nil
    }

    private static func endOfLine(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Int? {
        var index = offset
        while index < bytes.count {
            if bytes[index] == 0x0A || bytes[index] == 0x0D { return index }
            index += 1
        }
        return nil
    }
}

/// Turns libyaml's marks, which count characters, into byte offsets. Marks come nearly in order, so it walks from the
/// last one.
package struct MarkMap {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let isASCII: Bool
    /// Where the text that libyaml was given starts.
    private let origin: Int
    private var character = 0
    private var offset: Int

    package init(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool, origin: Int) {
        self.bytes = bytes
        self.isASCII = isASCII
        self.origin = origin
        offset = origin
    }

    @inline(__always)
    package mutating func byteOffset(_ index: Int) -> UInt32 {
        if isASCII { return UInt32(truncatingIfNeeded: origin &+ index) }
        return walk(to: index)
    }

    private mutating func walk(to index: Int) -> UInt32 {
        while character < index, offset < bytes.count {
            if index &- character >= 8, offset &+ 8 <= bytes.count, isASCIIWord(at: offset) {
                offset &+= 8
                character &+= 8
                continue
            }
            let byte = bytes[offset]
            offset += byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            character += 1
        }
        while character > index {
            repeat { offset -= 1 } while bytes[offset] & 0xC0 == 0x80
            character -= 1
        }
        return UInt32(truncatingIfNeeded: min(offset, bytes.count))
    }

    private func isASCIIWord(at offset: Int) -> Bool {
        let word = UnsafeRawPointer(bytes.baseAddress!).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        return word & 0x8080_8080_8080_8080 == 0
    }
}
