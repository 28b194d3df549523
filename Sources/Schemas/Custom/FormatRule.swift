import Documents

/// Formats that the API server knows; others are ignored, as it does.
enum FormatRule {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// What a text is instead, as `no IPv4 address`; nil where it is sound.
    static func problem(_ text: Bytes, _ format: String, _ release: Release) -> String? {
        switch format {
        case "date-time", "datetime": TimeText.isDateTime(text) ? nil : "no time as 2026-01-31T08:00:00Z"
        case "date": isDate(text) ? nil : "no date as 2026-01-31"
        case "duration": isDuration(text) ? nil : "no duration as 1h30m"
        case "ipv4": IPText.family(text) == .v4 ? nil : "no IPv4 address"
        case "ipv6": IPText.family(text) == .v6 ? nil : "no IPv6 address"
        case "cidr": IPText.networkFamily(text) != nil ? nil : "no network as 10.0.0.0/8"
        case "mac": isHardwareAddress(text) ? nil : "no hardware address"
        case "uuid", "uuid3", "uuid4", "uuid5":
            isUUID(text, version: format.utf8.last) ? nil : "no \(format.uppercased())"
        case "byte": Base64Rule.firstBadByte(text) == nil ? nil : "no base64"
        case "email": isAddress(text) ? nil : "no e-mail address"
        case "uri": isURI(text) ? nil : "no URI"
        case "hostname": isHostname(text) ? nil : "no host name"
        case "hexcolor": isColor(text) ? nil : "no colour as #a1b2c3"
        case "k8s-short-name" where release >= Release(major: 1, minor: 34):
            NameRule.dnsLabel(text) == nil ? nil : "no name of lower-case letters, digits and '-'"
        case "k8s-long-name" where release >= Release(major: 1, minor: 34):
            NameRule.dnsSubdomain(text) == nil ? nil : "no name of lower-case letters, digits, '-' and '.'"
        default: nil
        }
    }

    /// What is wrong with a number; nil where it is sound.
    static func problem(ofNumber value: Value, _ format: String) -> String? {
        switch format {
        case "int32":
            guard let number = value.integerValue else { return "does not fit 32 bits" }
            return Int32(exactly: number) == nil ? "does not fit 32 bits" : nil
        case "int64": return value.integerValue == nil ? "does not fit 64 bits" : nil
        case "float":
            return abs(NumberText.double(value)) > Double(Float.greatestFiniteMagnitude) ? "does not fit a float" : nil
        case "double": return NumberText.double(value).isFinite ? nil : "does not fit a double"
        default: return nil
        }
    }

    private static func isDate(_ text: Bytes) -> Bool {
        guard text.count == 10 else { return false }
        let whole = Array(text) + Array("T00:00:00Z".utf8)
        return whole.withUnsafeBufferPointer { TimeText.isRFC3339($0) }
    }

    /// Go's durations, and numbers with words for units.
    private static func isDuration(_ text: Bytes) -> Bool {
        if TimeText.isGoDuration(text) { return true }
        var index = 0
        while index < text.count, NameRule.isDigit(text[index]) { index += 1 }
        guard index > 0 else { return false }
        var unit = String(decoding: text[index...], as: UTF8.self).lowercased()
        unit = String(unit.drop { $0 == " " })
        let units: Set<String> = [
            "ns", "nano", "us", "µs", "micro", "ms", "milli", "s", "sec", "m", "min", "h", "hr", "hour", "d", "day",
            "w",
            "wk", "week", "nanosecond", "microsecond", "millisecond", "second", "minute",
        ]
        if units.contains(unit) { return true }
        return unit.hasSuffix("s") && units.contains(String(unit.dropLast()))
    }

    private static func isHex(_ byte: UInt8) -> Bool { NameRule.isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }

    private static func isHardwareAddress(_ text: Bytes) -> Bool {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == 0x3A || $0 == 0x2D }
        if parts.count == 6 || parts.count == 8 { return parts.allSatisfy { $0.count == 2 && $0.allSatisfy(isHex) } }
        let groups = text.split(separator: 0x2E, omittingEmptySubsequences: false)
        return (groups.count == 3 || groups.count == 4) && groups.allSatisfy { $0.count == 4 && $0.allSatisfy(isHex) }
    }

    private static func isUUID(_ text: Bytes, version: UInt8?) -> Bool {
        let digits = text.filter { $0 != 0x2D }
        guard digits.count == 32, digits.allSatisfy(isHex), text.count == 36 || text.count == 32 else { return false }
        if let version, NameRule.isDigit(version), digits[12] != version { return false }
        return true
    }

    private static func isAddress(_ text: Bytes) -> Bool {
        guard let at = text.lastIndex(of: 0x40), at > 0, at < text.count - 1 else { return false }
        return !text.contains { $0 <= 0x20 }
    }

    /// An absolute URI, or a path from the root.
    private static func isURI(_ text: Bytes) -> Bool {
        if text.isEmpty || text.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return false }
        if text[0] == 0x2F { return true }
        guard let colon = text.firstIndex(of: 0x3A), colon > 0, NameRule.isAlphanumeric(text[0]),
            !NameRule.isDigit(text[0])
        else { return false }
        return text[..<colon].allSatisfy { NameRule.isAlphanumeric($0) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E }
    }

    private static func isHostname(_ text: Bytes) -> Bool {
        guard !text.isEmpty, text.count <= 255 else { return false }
        let parts = text.split(separator: 0x2E, omittingEmptySubsequences: false)
        let labels = parts.last?.isEmpty == true ? parts.dropLast() : parts[...]
        return labels.allSatisfy { label in
            guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
            return first != 0x2D && last != 0x2D
                && label.allSatisfy { NameRule.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F || $0 >= 0x80 }
        }
    }

    private static func isColor(_ text: Bytes) -> Bool {
        let digits = text.first == 0x23 ? text.dropFirst() : text[...]
        return (digits.count == 3 || digits.count == 6) && digits.allSatisfy(isHex)
    }
}
