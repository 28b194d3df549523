/// Reads literals of Go as `strconv` does.
enum TemplateLiteral {
    /// What a literal without a fraction stands for.
    enum Integer {
        case value(Int)
        /// Too large for a signed word, not for an unsigned one.
        case unsigned
        case overflow, malformed
    }

    /// The contents of a quoted or raw string literal.
    static func string(_ literal: ArraySlice<UInt8>) -> [UInt8]? {
        let inner = literal.dropFirst().dropLast()
        if literal.first == UInt8(ascii: "`") { return inner.filter { $0 != 0x0D } }
        if !inner.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") || $0 == 0x0A }) { return Array(inner) }
        var rest = inner
        var output: [UInt8] = []
        while !rest.isEmpty { guard append(&rest, quote: UInt8(ascii: "\""), to: &output) != nil else { return nil } }
        return output
    }

    /// The code of the one character in a character literal.
    static func character(_ literal: ArraySlice<UInt8>) -> Int? {
        var rest = literal.dropFirst().dropLast()
        var output: [UInt8] = []
        guard !rest.isEmpty, let code = append(&rest, quote: UInt8(ascii: "'"), to: &output), rest.isEmpty else {
            return nil
        }
        return code
    }

    /// Moves one character with its escape; its code, or nil when it is malformed.
    private static func append(_ rest: inout ArraySlice<UInt8>, quote: UInt8, to output: inout [UInt8]) -> Int? {
        guard let first = rest.first, first != quote, first != 0x0A else { return nil }
        guard first == UInt8(ascii: "\\") else {
            let width = min(first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4, rest.count)
            let bytes = rest.prefix(width)
            rest = rest.dropFirst(width)
            output += bytes
            return Int(String(decoding: bytes, as: UTF8.self).unicodeScalars.first?.value ?? 0xFFFD)
        }
        guard let letter = rest.dropFirst().first else { return nil }
        let digits = rest.dropFirst()
        rest = rest.dropFirst(2)
        if let byte = plain(letter, quote) {
            output.append(byte)
            return Int(byte)
        }
        switch letter {
        case UInt8(ascii: "x"): return code(&rest, 2, 16, isByte: true, to: &output)
        case UInt8(ascii: "u"): return code(&rest, 4, 16, isByte: false, to: &output)
        case UInt8(ascii: "U"): return code(&rest, 8, 16, isByte: false, to: &output)
        case 0x30...0x37:
            rest = digits
            return code(&rest, 3, 8, isByte: true, to: &output)
        default: return nil
        }
    }

    /// The byte that a letter behind a backslash stands for; nil for one that begins a code.
    private static func plain(_ letter: UInt8, _ quote: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "a"): 7
        case UInt8(ascii: "b"): 8
        case UInt8(ascii: "f"): 12
        case UInt8(ascii: "n"): 10
        case UInt8(ascii: "r"): 13
        case UInt8(ascii: "t"): 9
        case UInt8(ascii: "v"): 11
        case UInt8(ascii: "\\"), quote: letter
        default: nil
        }
    }

    private static func code(
        _ rest: inout ArraySlice<UInt8>, _ digits: Int, _ radix: Int, isByte: Bool, to output: inout [UInt8]
    ) -> Int? {
        let text = rest.prefix(digits)
        guard text.count == digits, text.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let code = UInt32(String(decoding: text, as: UTF8.self), radix: radix)
        else { return nil }
        rest = rest.dropFirst(digits)
        if isByte {
            guard let byte = UInt8(exactly: code) else { return nil }
            output.append(byte)
        } else {
            guard let scalar = Unicode.Scalar(code) else { return nil }
            output += Array(String(scalar).utf8)
        }
        return Int(code)
    }

    /// A short integer of digits alone, as most are; nil for all others.
    static func plainInteger(_ text: String) -> Int64? {
        let digits = text.utf8
        guard digits.count < 18, digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
        var value: Int64 = 0
        for digit in digits {
            guard digit &- 0x30 < 10 else { return nil }
            value = value * 10 + Int64(digit - 0x30)
        }
        return value
    }

    /// An integer with Go's prefixes and underscores.
    static func integer(_ text: String) -> Integer {
        let isNegative = text.hasPrefix("-")
        let body = text.drop { $0 == "+" || $0 == "-" }.lowercased()
        var radix = 10
        var digits = Substring(body)
        for (prefix, base) in [("0x", 16), ("0b", 2), ("0o", 8)] where body.hasPrefix(prefix) {
            (radix, digits) = (base, body.dropFirst(2))
        }
        if radix == 10, body.count > 1, body.hasPrefix("0") { (radix, digits) = (8, body.dropFirst()) }
        let hasPrefix = digits.count < body.count
        guard !digits.isEmpty, !digits.hasSuffix("_"), !digits.contains("__"), hasPrefix || !digits.hasPrefix("_")
        else {
            return .malformed
        }
        let plain = digits.filter { $0 != "_" }
        guard plain.allSatisfy({ $0.hexDigitValue.map { $0 < radix } ?? false }) else { return .malformed }
        if let value = Int((isNegative ? "-" : "") + plain, radix: radix) { return .value(value) }
        return UInt(plain, radix: radix) != nil && !isNegative ? .unsigned : .overflow
    }

    /// A number with a fraction or an exponent.
    static func float(_ text: String) -> Double? {
        if text.contains("__") || text.hasSuffix("_") || text.hasPrefix("_") { return nil }
        var plain = text.filter { $0 != "_" }
        if plain.hasSuffix(".") { plain += "0" }
        if let dot = plain.firstIndex(of: "."), dot == plain.startIndex || !plain[plain.index(before: dot)].isHexDigit {
            plain.insert("0", at: dot)
        }
        if plain.lowercased().contains("0x") { return Double(plain) }
        return Double(plain.replacing(".e", with: ".0e").replacing(".E", with: ".0e"))
    }

    /// An imaginary constant, perhaps with a real part before it.
    static func complex(_ text: String) -> GoComplex? {
        let body = Array(text.dropLast())
        let split = body.indices.last { index in
            guard index > 0, body[index] == "+" || body[index] == "-" else { return false }
            return !"eEpP".contains(body[index - 1])
        }
        func number(_ part: [Character]) -> Double? {
            let text = String(part)
            if let plain = Double(text.filter { $0 != "_" }) { return plain }
            if case .value(let integer) = integer(text) { return Double(integer) }
            return float(text)
        }
        guard let split else { return number(body).map { GoComplex(real: 0, imaginary: $0) } }
        guard let real = number(Array(body[..<split])), let imaginary = number(Array(body[split...])) else {
            return nil
        }
        return GoComplex(real: real, imaginary: imaginary)
    }
}
