#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a scalar means.
package enum ResolvedScalar {
    case null
    case bool(Bool)
    case int(Int64)
    /// An integer above the signed range.
    case uint(UInt64)
    case float(Double)
    case string
}

/// Decides what plain scalars mean, as go-yaml v2 (and with it `kubectl`) does: mostly YAML 1.1, without base 60, with
/// `0o` octals, and with timestamps left as strings.
package enum YAMLResolver {
    /// The meaning of a plain scalar without a tag.
    package static func plain(_ text: UnsafeBufferPointer<UInt8>) -> ResolvedScalar {
        guard let first = text.first else { return .null }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return number(text)
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            if text.count == 5, text[1] == UInt8(ascii: "."), isWord(UnsafeBufferPointer(rebasing: text[2...]), "inf") {
                return .float(first == UInt8(ascii: "-") ? -.infinity : .infinity)
            }
            return text.count > 1 ? number(text) : .string
        case UInt8(ascii: "."): return dotted(text)
        case UInt8(ascii: "~"): return text.count == 1 ? .null : .string
        case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
            UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"):
            return text.count <= 5 ? word(text) : .string
        default: return .string
        }
    }

    /// What go-yaml v3 sees otherwise in a plain scalar: the text itself (nil inside) for words that are booleans in YAML
    /// 1.1 alone, a point in time for a date; nil where it sees the same.
    static func ofVersion3(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]?? {
        if case .bool = plain(text) {
            return isWord(text, "true") || isWord(text, "false") ? nil : .some(nil)
        }
        if text.count == 10, YAMLTimestamp.matches(text) { return Array(text) + Array("T00:00:00Z".utf8) }
        return nil
    }

    private static func word(_ text: UnsafeBufferPointer<UInt8>) -> ResolvedScalar {
        switch text.count {
        case 1:
            let letter = text[0] | 0x20
            return letter == UInt8(ascii: "y") ? .bool(true) : letter == UInt8(ascii: "n") ? .bool(false) : .string
        case 2:
            if isWord(text, "on") { return .bool(true) }
            return isWord(text, "no") ? .bool(false) : .string
        case 3:
            if isWord(text, "yes") { return .bool(true) }
            return isWord(text, "off") ? .bool(false) : .string
        case 4:
            if isWord(text, "true") { return .bool(true) }
            return isWord(text, "null") ? .null : .string
        default: return isWord(text, "false") ? .bool(false) : .string
        }
    }

    /// Whether the text is the lower-case word, or the word capitalised or in capitals.
    private static func isWord(_ text: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
        guard text.count == word.utf8CodeUnitCount else { return false }
        let isFirstUpper = text[0] & 0x20 == 0
        let areOthersUpper = isFirstUpper && text.count > 1 && text[1] & 0x20 == 0
        for index in text.indices {
            let isUpper = index == 0 ? isFirstUpper : areOthersUpper
            if text[index] != word.utf8Start[index] & (isUpper ? 0xDF : 0xFF) { return false }
        }
        return true
    }

    /// Scalars that start with a dot: the special floats, or a fraction.
    private static func dotted(_ text: UnsafeBufferPointer<UInt8>) -> ResolvedScalar {
        let rest = UnsafeBufferPointer(rebasing: text[1...])
        if rest.count == 3 {
            if isWord(rest, "inf") { return .float(.infinity) }
            let isNaN = ["nan", "NaN", "NAN"].contains { rest.elementsEqual($0.utf8) }
            if isNaN { return .float(.nan) }
        }
        for (index, byte) in text.enumerated() where byte == UInt8(ascii: "_") {
            // Here, unlike after a digit, underscores count only between digits.
            let isBetween =
                index + 1 < text.count && index > 0 && text[index - 1] &- 0x30 <= 9 && text[index + 1] &- 0x30 <= 9
            if !isBetween { return .string }
        }
        return withoutUnderscores(text) { float($0) }
    }

    /// Scalars that start with a digit or a sign.
    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> ResolvedScalar {
        if let integer = NumberText.integer(text) { return .int(integer) }
        // No number has another letter than these; most versions, quantities and addresses stop here.
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"), UInt8(ascii: "O"),
                UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                continue
            default: return .string
            }
        }
        return withoutUnderscores(text) { digits in
            if digits.isEmpty { return .string }
            return integer(digits) ?? float(digits)
        }
    }

    private static func withoutUnderscores(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> ResolvedScalar
    ) -> ResolvedScalar {
        guard text.contains(UInt8(ascii: "_")) else { return body(text) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { buffer in
            var count = 0
            for byte in text where byte != UInt8(ascii: "_") {
                buffer[count] = byte
                count += 1
            }
            return body(UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// An integer with an optional sign and base prefix (`0x`, `0b`, `0o`, `0`), as Go's `ParseInt(text, 0, 64)`.
    private static func integer(_ text: UnsafeBufferPointer<UInt8>) -> ResolvedScalar? {
        let isSigned = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+")
        let isNegative = text[0] == UInt8(ascii: "-")
        var index = isSigned ? 1 : 0
        var base: UInt64 = 10
        guard index < text.count else { return nil }
        if text[index] == UInt8(ascii: "0") {
            let letter = index + 2 < text.count ? text[index + 1] | 0x20 : 0
            base = letter == UInt8(ascii: "x") ? 16 : letter == UInt8(ascii: "b") ? 2 : 8
            index += base != 8 || letter == UInt8(ascii: "o") ? 2 : 1
        }
        var magnitude: UInt64 = 0
        while index < text.count {
            let byte = text[index]
            let digit: UInt8 = byte &- 0x30 <= 9 ? byte &- 0x30 : byte | 0x20 >= 0x61 ? (byte | 0x20) &- 0x57 : 255
            guard digit < base else { return nil }
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: base)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            if overflow || carry { return nil }
            magnitude = sum
            index += 1
        }
        if isNegative { return magnitude <= 1 << 63 ? .int(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil }
        if magnitude <= UInt64(Int64.max) { return .int(Int64(magnitude)) }
        return isSigned ? nil : .uint(magnitude)
    }

    /// A decimal fraction with an optional exponent; a string when it is not one or has no finite double.
    private static func float(_ text: UnsafeBufferPointer<UInt8>) -> ResolvedScalar {
        var index = 0
        func digits() -> Bool {
            let start = index
            while index < text.count, text[index] &- 0x30 <= 9 { index += 1 }
            return index > start
        }
        if text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") { index = 1 }
        let hasWhole = digits()
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            let hasFraction = digits()
            guard hasWhole || hasFraction else { return .string }
        } else if !hasWhole {
            return .string
        }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") { index += 1 }
            guard digits() else { return .string }
        }
        guard index == text.count else { return .string }
        let number = withUnsafeTemporaryAllocation(of: CChar.self, capacity: text.count + 1) { buffer in
            for (place, byte) in text.enumerated() { buffer[place] = CChar(bitPattern: byte) }
            buffer[text.count] = 0
            return strtod(buffer.baseAddress!, nil)
        }
        return number.isFinite ? .float(number) : .string
    }

    // MARK: Tags

    /// The outcome of a scalar with an explicit tag.
    enum Tagged {
        case scalar(ResolvedScalar)
        /// The text is base64.
        case binary
        /// The text is not what the tag says; it looks like this instead.
        case mismatch(String)
    }

    /// The short name of a tag of YAML's own (`str` of `tag:yaml.org,2002:str`), or nil.
    static func shortTag(_ tag: String) -> String? {
        let prefix = "tag:yaml.org,2002:"
        return tag.hasPrefix(prefix) ? String(tag.dropFirst(prefix.count)) : nil
    }

    /// The meaning of a scalar with a tag; tags that are not YAML's own make strings.
    static func tagged(_ text: UnsafeBufferPointer<UInt8>, tag: String) -> Tagged {
        guard let short = shortTag(tag) else { return .scalar(.string) }
        switch short {
        case "binary": return .binary
        case "timestamp": return YAMLTimestamp.matches(text) ? .scalar(.string) : .mismatch(name(plain(text)))
        case "bool", "int", "float", "null":
            let resolved = plain(text)
            if case .int(let integer) = resolved, short == "float" { return .scalar(.float(Double(integer))) }
            return name(resolved) == short ? .scalar(resolved) : .mismatch(name(resolved))
        default: return .scalar(.string)
        }
    }

    private static func name(_ scalar: ResolvedScalar) -> String {
        switch scalar {
        case .null: "null"
        case .bool: "bool"
        case .int, .uint: "int"
        case .float: "float"
        case .string: "str"
        }
    }
}
