import Text

extension CommonYAML {
    /// A scalar on one line of a block.
    @inline(__always)
    mutating func blockScalar() throws(Stop) -> Scalar {
        switch byte(at) {
        case UInt8(ascii: "\""): return try doubleQuoted()
        case UInt8(ascii: "'"): return try singleQuoted()
        default: return try plain()
        }
    }

    /// Hands a scalar to the loader.
    @inline(__always)
    func give<Loader: CommonYAMLLoader & ~Copyable>(_ scalar: Scalar, _ loader: inout Loader) throws(Stop) {
        let place = span(scalar.start, scalar.end)
        if scalar.isDecoded {
            return try decoded.withUnsafeBufferPointer { text throws(Stop) in
                try loader.scalar(text, isString: true, place)
            }
        }
        let quotes = scalar.isPlain ? 0 : 1
        let inner = UnsafeBufferPointer(
            start: text + scalar.start + quotes, count: scalar.end - scalar.start - 2 * quotes)
        try loader.scalar(inner, isString: !scalar.isPlain, place)
    }

    /// A plain scalar of a block: to `: `, ` #` or the end of the line, the blanks before it left out.
    private mutating func plain() throws(Stop) -> Scalar {
        let start = at
        if !startsPlain { throw Stop() }
        var index = start
        var last = start
        scan: while index < end {
            let byte = text[index]
            // Letters, most signs and all that is not ASCII.
            if byte > 0x3A {
                index += 1
                last = index
                continue
            }
            switch byte {
            case 0x20:
                index += 1
                continue
            case 0x0A: break scan
            case 0x09: throw Stop()
            case UInt8(ascii: ":") where isBlank(index + 1): break scan
            case UInt8(ascii: "#") where text[index - 1] == 0x20: break scan
            default:
                index += 1
                last = index
            }
        }
        at = last
        return Scalar(start: start, end: last)
    }

    /// Whether a plain scalar may begin at the cursor; signs that mean something in any place are left to libyaml.
    var startsPlain: Bool {
        switch byte(at) {
        case UInt8(ascii: "-"): !isBlank(at + 1)
        case 0x09, 0x0A, 0x20, UInt8(ascii: "!"), UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ">"), UInt8(ascii: "?"),
            UInt8(ascii: "@"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"),
            UInt8(ascii: "}"):
            false
        default: true
        }
    }

    mutating func doubleQuoted() throws(Stop) -> Scalar {
        let start = at
        var index = start + 1
        while index < end {
            switch text[index] {
            case UInt8(ascii: "\""):
                at = index + 1
                return Scalar(start: start, end: at, isPlain: false)
            case UInt8(ascii: "\\"):
                decoded.removeAll(keepingCapacity: true)
                decoded.append(contentsOf: UnsafeBufferPointer(start: text + start + 1, count: index - start - 1))
                return try escaped(from: index, start)
            case 0x0A, 0x09: throw Stop()
            default: index += 1
            }
        }
        throw Stop()
    }

    /// The rest of a text in double quotes, from its first backslash on.
    private mutating func escaped(from first: Int, _ start: Int) throws(Stop) -> Scalar {
        var index = first
        while index < end {
            let byte = text[index]
            if byte == UInt8(ascii: "\"") {
                at = index + 1
                return Scalar(start: start, end: at, isPlain: false, isDecoded: true)
            }
            if byte == 0x0A || byte == 0x09 { throw Stop() }
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                decoded.append(byte)
                continue
            }
            switch self.byte(index) {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(text[index])
            case UInt8(ascii: "n"): decoded.append(0x0A)
            case UInt8(ascii: "r"): decoded.append(0x0D)
            case UInt8(ascii: "t"): decoded.append(0x09)
            case UInt8(ascii: "u"):
                guard let scalar = codePoint(index + 1) else { throw Stop() }
                decoded.append(contentsOf: UTF8.encode(scalar)!)
                index += 4
            default: throw Stop()
            }
            index += 1
        }
        throw Stop()
    }

    /// The character that four hexadecimal digits stand for.
    private func codePoint(_ index: Int) -> Unicode.Scalar? {
        var value: UInt32 = 0
        for place in index..<index + 4 {
            guard let digit = Hex.value(of: byte(place)) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value == 0 ? nil : Unicode.Scalar(value)
    }

    mutating func singleQuoted() throws(Stop) -> Scalar {
        let start = at
        var index = start + 1
        var isDecoded = false
        while index < end {
            let byte = text[index]
            if byte == 0x0A || byte == 0x09 { throw Stop() }
            if byte == UInt8(ascii: "'") {
                if self.byte(index + 1) != UInt8(ascii: "'") {
                    at = index + 1
                    return Scalar(start: start, end: at, isPlain: false, isDecoded: isDecoded)
                }
                // Two quotes stand for one.
                if !isDecoded {
                    isDecoded = true
                    decoded.removeAll(keepingCapacity: true)
                    decoded.append(contentsOf: UnsafeBufferPointer(start: text + start + 1, count: index - start - 1))
                }
                index += 1
            }
            if isDecoded { decoded.append(byte) }
            index += 1
        }
        throw Stop()
    }

    /// A literal text (`|`) in a collection of the column; gives the start of the line behind it.
    mutating func literal<Loader: CommonYAMLLoader & ~Copyable>(_ column: Int, _ loader: inout Loader) throws(Stop) -> Int {
        let start = at
        let sign = byte(at + 1)
        let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
        var index = try literalStart(at + (hasSign ? 2 : 1))
        // Breaks that are not written yet: what follows decides whether they count.
        var breaks = 0
        while index < end, text[index] == 0x0A { (breaks, index) = (breaks + 1, index + 1) }
        var width = 0
        while byte(index + width) == 0x20 { width += 1 }
        if width <= column || byte(index + width) == 0x0A || byte(index + width) == 0x09 { throw Stop() }
        decoded.removeAll(keepingCapacity: true)
        var last = index
        while index < end {
            var first = index
            while first < index + width, byte(first) == 0x20 { first += 1 }
            if first == end { throw Stop() }
            if text[first] == 0x0A {
                breaks += 1
                index = first + 1
                continue
            }
            if first < index + width {
                if text[first] == 0x09 { throw Stop() }
                break
            }
            last = endOfLine(first)
            // Without a line break at its end the text has none either.
            if last == end { throw Stop() }
            while breaks > 0 { (breaks, _) = (breaks - 1, decoded.append(0x0A)) }
            decoded.append(contentsOf: UnsafeBufferPointer(start: text + first, count: last - first))
            (breaks, index) = (1, last + 1)
        }
        if !hasSign { breaks = 1 }
        if sign != UInt8(ascii: "-") { decoded.append(contentsOf: repeatElement(0x0A, count: breaks)) }
        while text[last - 1] <= 0x20 { last -= 1 }
        try give(Scalar(start: start, end: last, isPlain: false, isDecoded: true), &loader)
        return min(index, end)
    }

    /// The line behind the head of a literal text, which may hold a comment besides.
    private func literalStart(_ head: Int) throws(Stop) -> Int {
        var index = head
        while byte(index) == 0x20 { index += 1 }
        if byte(index) == UInt8(ascii: "#"), index > head { index = endOfLine(index) }
        if byte(index) != 0x0A { throw Stop() }
        return index + 1
    }
}
