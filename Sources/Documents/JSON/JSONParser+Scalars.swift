extension JSONParser {
    /// The string whose opening quote is at the cursor.
    @inline(__always)
    mutating func string() throws(JSONError) -> Value {
        let start = cursor &+ 1
        let end = endOfPlainText(from: start)
        guard text[end] == UInt8(ascii: "\""), end &- start <= options.limits.scalarSize else {
            return try unusualString(from: start, scanned: end)
        }
        cursor = end &+ 1
        return .string(text + start, count: end &- start)
    }

    /// The offset of the first quote, backslash, control character or byte above ASCII, eight bytes at a time.
    @inline(__always)
    private func endOfPlainText(from start: Int) -> Int {
        let raw = UnsafeRawPointer(text)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var index = start
        while index &+ 8 <= count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let quotes = word ^ (ones &* 0x22)
            let slashes = word ^ (ones &* 0x5C)
            // Exact for the lowest marked byte, which is the one that counts.
            let marks =
                ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes | (word &- ones &* 0x20) | word) & highs
            if marks != 0 { return index &+ (UInt64(littleEndian: marks).trailingZeroBitCount >> 3) }
            index &+= 8
        }
        while true {
            let byte = text[index]
            if byte == 0x22 || byte == 0x5C || byte < 0x20 || byte >= 0x80 { return index }
            index &+= 1
        }
    }

    /// A string with escapes or non-ASCII text; `scanned` is where the plain text from `start` ends.
    @inline(never)
    private mutating func unusualString(from start: Int, scanned: Int) throws(JSONError) -> Value {
        let bytes = UnsafeBufferPointer(start: text, count: count)
        var index = scanned
        var hasEscapes = false
        var isWellFormed = true
        while text[index] != UInt8(ascii: "\"") {
            let byte = text[index]
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index += try escapeLength(at: index)
            } else if byte < 0x20 {
                throw badControlCharacter(at: index, stringStart: start - 1)
            } else if byte < 0x80 {
                index += 1
            } else {
                let length = UTF8Scan.sequenceLength(bytes, at: index)
                if length == 0 { isWellFormed = false }
                index += max(length, 1)
            }
        }
        let length = index - start
        if length > options.limits.scalarSize {
            throw JSONError(
                "the string is larger than the limit of \(options.limits.scalarSize) bytes", at: offset + start - 1)
        }
        cursor = index + 1
        if !hasEscapes, isWellFormed { return .string(text + start, count: length) }
        let target = isWellFormed ? text + start : arena.allocateText(length * 3)
        return .string(target, count: decode(start..<index, into: target))
    }

    /// The length of the escape sequence at `index`, checked.
    private func escapeLength(at index: Int) throws(JSONError) -> Int {
        switch text[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            for digit in 2..<6 where Self.hexDigit(text[index + digit]) == nil {
                if index + digit >= count { throw unterminatedString(at: count) }
                throw JSONError(
                    "\\u must be followed by four hexadecimal digits", at: offset + index, length: digit + 1)
            }
            return 6
        default:
            if index + 1 >= count { throw unterminatedString(at: count) }
            throw JSONError(
                "unknown escape sequence in a string", at: offset + index, length: 2,
                hint: "write \\\\ for a backslash")
        }
    }

    /// Decodes escapes and replaces malformed UTF-8 byte by byte, as Go does; returns the number of bytes written.
    private func decode(_ range: Range<Int>, into target: UnsafeMutablePointer<UInt8>) -> Int {
        let bytes = UnsafeBufferPointer(start: text, count: count)
        var from = range.lowerBound
        var to = 0
        while from < range.upperBound {
            let byte = text[from]
            if byte == UInt8(ascii: "\\") {
                let (scalar, length) = escape(at: from)
                to += UTF8Scan.encode(scalar, at: target + to)
                from += length
                continue
            }
            let length = UTF8Scan.sequenceLength(bytes, at: from)
            if length == 0 {
                to += UTF8Scan.encode(0xFFFD, at: target + to)
                from += 1
            } else {
                for part in 0..<length { target[to + part] = text[from + part] }
                to += length
                from += length
            }
        }
        return to
    }

    /// The scalar that a checked escape sequence stands for; a lone surrogate stands for U+FFFD.
    private func escape(at index: Int) -> (scalar: UInt32, length: Int) {
        switch text[index + 1] {
        case UInt8(ascii: "b"): return (0x08, 2)
        case UInt8(ascii: "f"): return (0x0C, 2)
        case UInt8(ascii: "n"): return (0x0A, 2)
        case UInt8(ascii: "r"): return (0x0D, 2)
        case UInt8(ascii: "t"): return (0x09, 2)
        case UInt8(ascii: "u"):
            let first = hexadecimal(at: index + 2)
            if first & 0xFC00 == 0xD800, text[index + 6] == UInt8(ascii: "\\"), text[index + 7] == UInt8(ascii: "u") {
                let second = hexadecimal(at: index + 8)
                if second & 0xFC00 == 0xDC00 { return (0x10000 + (first & 0x3FF) << 10 + second & 0x3FF, 12) }
            }
            return (first, 6)
        default: return (UInt32(text[index + 1]), 2)
        }
    }

    private func hexadecimal(at index: Int) -> UInt32 {
        var value: UInt32 = 0
        for digit in 0..<4 { value = value << 4 | (Self.hexDigit(text[index + digit]) ?? 0) }
        return value
    }

    private static func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46: UInt32(byte - 0x37)
        case 0x61...0x66: UInt32(byte - 0x57)
        default: nil
        }
    }

    /// The number at the cursor: an integer of up to 18 digits at once, any other by its text.
    @inline(__always)
    mutating func number() throws(JSONError) -> Value {
        let start = cursor
        let isNegative = text[start] == UInt8(ascii: "-")
        let first = isNegative ? start &+ 1 : start
        var index = first
        var magnitude: Int64 = 0
        while index &- first < 18, text[index] &- 0x30 <= 9 {
            magnitude = magnitude &* 10 &+ Int64(text[index] &- 0x30)
            index &+= 1
        }
        let next = text[index]
        let isPlain = next &- 0x30 > 9 && next != UInt8(ascii: ".") && next | 0x20 != UInt8(ascii: "e")
        if index == first || !isPlain || text[first] == 0x30 && (isNegative || index &- first > 1) {
            return try unusualNumber()
        }
        cursor = index
        return .int(isNegative ? -magnitude : magnitude)
    }

    @inline(never)
    private mutating func unusualNumber() throws(JSONError) -> Value {
        let start = cursor
        var index = start
        func digits() -> Bool {
            let first = index
            while text[index] &- 0x30 <= 9 { index += 1 }
            return index > first
        }
        if text[index] == UInt8(ascii: "-") { index += 1 }
        if index == start, text[index] &- 0x30 > 9 { throw notAValue() }
        if text[index] == 0x30 {
            index += 1
            if text[index] &- 0x30 <= 9 { throw badNumber(at: index, "a number may not start with a zero") }
        } else if !digits() {
            throw badNumber(at: index, "a minus sign must be followed by a digit")
        }
        if text[index] == UInt8(ascii: ".") {
            index += 1
            if !digits() { throw badNumber(at: index, "a decimal point must be followed by a digit") }
        }
        if text[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") { index += 1 }
            if !digits() { throw badNumber(at: index, "an exponent must have a digit") }
        }
        cursor = index
        let written = UnsafeBufferPointer(start: text + start, count: index - start)
        if let integer = NumberText.integer(written) { return .int(integer) }
        let exact = Value.storage(.decimal, count: written.count, at: text + start)
        return options.makesDoubles ? NumberText.asGoDecodes(NumberText.double(exact), in: arena) ?? exact : exact
    }

    @inline(__always)
    mutating func literal(_ word: StaticString, _ value: Value) throws(JSONError) -> Value {
        let length = word.utf8CodeUnitCount
        for index in 1..<length where text[cursor &+ index] != word.utf8Start[index] { throw notAValue() }
        cursor &+= length
        return value
    }
}

extension JSONParser {
    /// The number of bytes up to the end of the first value, found by its brackets; nil if there is only space.
    static func endOfValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 0
        while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
        if index == bytes.count { return nil }
        var depth = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth <= 0 { return index + 1 }
            case UInt8(ascii: "\""):
                index += 1
                while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
            case 0...0x20 where depth == 0: return index
            default: break
            }
            index += 1
        }
        return bytes.count
    }
}
