import Documents

extension GoFormat {
    /// Fills what was written since `mark` up to the width.
    mutating func pad(since mark: Int, withZeros: Bool) {
        guard let width = flags.width, width > 0 else { return }
        let written = UTF8Bytes.count(UnsafeBufferPointer(rebasing: out.bytes[mark...]))
        if flags.minus {
            out.append(repeating: UInt8(ascii: " "), count: width - written)
        } else {
            out.insert(repeating: UInt8(ascii: withZeros ? "0" : " "), count: width - written, at: mark)
        }
    }

    mutating func writeString(_ bytes: UTF8Bytes.Bytes, _ verb: Unicode.Scalar) {
        switch verb {
        case "v": if flags.sharpV { writeQuoted(bytes) } else { writeText(bytes) }
        case "s": writeText(bytes)
        case "q": writeQuoted(bytes)
        case "x", "X": writeHex(bytes, isUpper: verb == "X")
        default: reportBadVerb(verb, .text(bytes.baseAddress.map { .string($0, count: bytes.count) } ?? UTF8Bytes.empty))
        }
    }

    /// `%s`: the text, cut to the precision in code points.
    mutating func writeText(_ bytes: UTF8Bytes.Bytes) {
        let mark = out.count
        out.append(truncated(bytes))
        pad(since: mark, withZeros: flags.zero)
    }

    private func truncated(_ bytes: UTF8Bytes.Bytes) -> UTF8Bytes.Bytes {
        guard let precision = flags.precision else { return bytes }
        return UnsafeBufferPointer(rebasing: bytes[..<UTF8Bytes.offset(of: precision, in: bytes)])
    }

    private mutating func writeQuoted(_ bytes: UTF8Bytes.Bytes) {
        let text = truncated(bytes)
        let mark = out.count
        if flags.sharp, Self.canBackquote(text) {
            out.append(UInt8(ascii: "`"))
            out.append(text)
            out.append(UInt8(ascii: "`"))
        } else {
            GoQuote.write(text, asciiOnly: flags.plus, to: &out)
        }
        pad(since: mark, withZeros: flags.zero)
    }

    /// Go's `strconv.CanBackquote`.
    private static func canBackquote(_ bytes: UTF8Bytes.Bytes) -> Bool {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return !bytes.contains { ($0 < 0x20 && $0 != 0x09) || $0 == 0x60 || $0 == 0x7F }
            && byteOrderMark.withUnsafeBufferPointer { UTF8Bytes.find($0, in: bytes) } < 0
    }

    /// `%x` of text: two digits for each byte, up to the precision in bytes.
    private mutating func writeHex(_ bytes: UTF8Bytes.Bytes, isUpper: Bool) {
        let mark = out.count
        let letter = UInt8(ascii: isUpper ? "A" : "a")
        let count = min(flags.precision ?? bytes.count, bytes.count)
        for index in 0..<count {
            if flags.space, index > 0 { out.append(UInt8(ascii: " ")) }
            if flags.sharp, index == 0 || flags.space { out.append(isUpper ? "0X" : "0x") }
            for digit in [bytes[index] >> 4, bytes[index] & 15] { out.append(digit < 10 ? 0x30 + digit : letter + digit - 10) }
        }
        pad(since: mark, withZeros: flags.zero)
    }
}
