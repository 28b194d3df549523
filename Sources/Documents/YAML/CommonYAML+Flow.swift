extension CommonYAML {
    /// The flow collection at the cursor.
    mutating func flow<Loader: CommonYAMLLoader & ~Copyable>(_ loader: inout Loader) throws(Stop) {
        try enter()
        let isMapping = text[at] == UInt8(ascii: "{")
        let close = isMapping ? UInt8(ascii: "}") : UInt8(ascii: "]")
        try loader.open(isMapping: isMapping, isBlock: false, span(at, at + 1))
        at += 1
        try skipFlowSpace()
        if byte(at) != close {
            while true {
                if isMapping { try flowKey(&loader) }
                if isFlow(byte(at)) { try flow(&loader) } else { try give(try flowScalar(), &loader) }
                try skipFlowSpace()
                guard byte(at) == UInt8(ascii: ",") else { break }
                at += 1
                try skipFlowSpace()
            }
        }
        guard byte(at) == close else { throw Stop() }
        at += 1
        let end = UInt32(truncatingIfNeeded: at)
        if isMapping { try loader.closeMapping(end: end) } else { try loader.closeSequence(end: end) }
        depth -= 1
    }

    /// A key, its colon and the blanks behind it. Behind quotes the colon needs none.
    private mutating func flowKey<Loader: CommonYAMLLoader & ~Copyable>(_ loader: inout Loader) throws(Stop) {
        let key = try flowScalar()
        guard byte(at) == UInt8(ascii: ":"), !key.isPlain || isBlank(at + 1) else { throw Stop() }
        try check(key: key)
        try give(key, &loader)
        at += 1
        try skipFlowSpace()
    }

    private mutating func flowScalar() throws(Stop) -> Scalar {
        switch byte(at) {
        case UInt8(ascii: "\""): return try doubleQuoted()
        case UInt8(ascii: "'"): return try singleQuoted()
        default: return try flowPlain()
        }
    }

    /// A plain scalar inside brackets: to a comma, a closing bracket, `: ` or the end of the line.
    private mutating func flowPlain() throws(Stop) -> Scalar {
        let start = at
        if !startsPlain { throw Stop() }
        var index = start
        var last = start
        scan: while index < end {
            switch text[index] {
            case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0x0A: break scan
            case 0x20:
                index += 1
                continue
            case UInt8(ascii: ":"):
                if isBlank(index + 1) { break scan }
                switch byte(index + 1) {
                case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
                    throw Stop()
                default: break
                }
            case 0x09, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\""),
                UInt8(ascii: "'"):
                throw Stop()
            case UInt8(ascii: "-") where index == start && !isWord(index + 1): throw Stop()
            default: break
            }
            index += 1
            last = index
        }
        at = last
        return Scalar(start: start, end: last)
    }

    private func isWord(_ index: Int) -> Bool {
        let byte = byte(index)
        return byte &- 0x30 < 10 || byte | 0x20 &- 0x61 < 26 || byte == UInt8(ascii: ".")
    }

    /// Skips blanks and line breaks.
    private mutating func skipFlowSpace() throws(Stop) {
        while at < end {
            switch text[at] {
            case 0x20: at += 1
            case 0x0A:
                at += 1
                // Perhaps the mark that ends a document.
                if byte(at) == UInt8(ascii: ".") { throw Stop() }
            default: return
            }
        }
        throw Stop()
    }
}
