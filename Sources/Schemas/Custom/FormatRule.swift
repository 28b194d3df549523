import Documents

/// Formats that the API server knows; others are ignored, as it does.
enum FormatRule {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// What a text is instead, as `no IPv4 address`; nil where it is sound.
    static func problem(_ text: Bytes, _ format: String, _ release: Release) -> String? {
        // Hyphens in the name of a format do not count: date-time is datetime.
        switch format.replacing("-", with: "") {
        case "datetime": TimeForms.isDateTime(text) ? nil : "no time as 2026-01-31T08:00:00Z"
        case "date": TimeForms.isDate(text) ? nil : "no date as 2026-01-31"
        case "duration": TimeForms.isDuration(text) ? nil : "no duration as 1h30m"
        case "ipv4": IPText.family(text) == .v4 || isIPv4InIPv6(text) ? nil : "no IPv4 address"
        case "ipv6": IPText.family(text) == .v6 ? nil : "no IPv6 address"
        case "cidr": IPText.networkFamily(text) != nil ? nil : "no network as 10.0.0.0/8"
        case "mac": isHardwareAddress(text) ? nil : "no hardware address"
        case "uuid": isUUID(text, version: nil) ? nil : "no UUID"
        case "uuid3", "uuid4", "uuid5": isUUID(text, version: format.utf8.last) ? nil : "no \(format.uppercased())"
        case "byte": isBase64(text) ? nil : "no base64"
        case "email": MailAddress.isOne(text) ? nil : "no e-mail address"
        case "uri": RequestURI.isOne(text) ? nil : "no URI"
        case "hostname": isHostname(text) ? nil : "no host name as API servers take it"
        case "hexcolor": isColor(text) ? nil : "no colour as #a1b2c3"
        case "rgbcolor": isMixedColor(text) ? nil : "no colour as rgb(161,178,195)"
        case "isbn": NumberForms.isISBN10(text) || NumberForms.isISBN13(text) ? nil : "no ISBN"
        case "isbn10": NumberForms.isISBN10(text) ? nil : "no ISBN of 10 digits"
        case "isbn13": NumberForms.isISBN13(text) ? nil : "no ISBN of 13 digits"
        case "creditcard": NumberForms.isCreditCard(text) ? nil : "no number of a credit card"
        case "ssn": NumberForms.isSocialSecurityNumber(text) ? nil : "no social security number as 123-45-6789"
        case "bsonobjectid": text.count == 24 && text.allSatisfy(isHex) ? nil : "no object id of 24 hexadecimal digits"
        case "k8sshortname" where release >= Release(major: 1, minor: 34):
            NameRule.dnsLabel(text) == nil ? nil : "no name of lower-case letters, digits and '-'"
        case "k8slongname" where release >= Release(major: 1, minor: 34):
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

    // MARK: Forms

    static func isHex(_ byte: UInt8) -> Bool { NameRule.isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }

    /// `::ffff:10.0.0.1` counts for both.
    private static func isIPv4InIPv6(_ text: Bytes) -> Bool { text.contains(0x2E) && IPText.family(text) == .v6 }

    /// Six, eight or twenty bytes: two digits each with one kind of mark between them, or four digits with dots.
    private static func isHardwareAddress(_ text: Bytes) -> Bool {
        guard let mark = text.first(where: { !isHex($0) }), mark == 0x3A || mark == 0x2D || mark == 0x2E else { return false }
        let digits = mark == 0x2E ? 4 : 2
        let groups = text.split(separator: mark, omittingEmptySubsequences: false)
        return [6, 8, 20].contains(groups.count * digits / 2)
            && groups.allSatisfy { $0.count == digits && $0.allSatisfy(isHex) }
    }

    /// Any of the hyphens may be left out.
    private static func isUUID(_ text: Bytes, version: UInt8?) -> Bool {
        var digits: [UInt8] = []
        var wasHyphen = false
        for byte in text {
            if byte == 0x2D {
                if wasHyphen || ![8, 12, 16, 20].contains(digits.count) { return false }
            } else if isHex(byte) {
                digits.append(byte | 0x20)
            } else {
                return false
            }
            wasHyphen = byte == 0x2D
        }
        guard digits.count == 32 else { return false }
        guard let version else { return true }
        let hasVariant = version == 0x33 || [0x38, 0x39, 0x61, 0x62].contains(digits[16])
        return digits[12] == version && hasVariant
    }

    /// Without line breaks, and not empty.
    private static func isBase64(_ text: Bytes) -> Bool {
        !text.isEmpty && !text.contains { $0 == 0x0A || $0 == 0x0D } && Base64Rule.firstBadByte(text) == nil
    }

    /// What the API server takes for a host name is narrower than DNS in some places: a name without dots may have a hyphen as
    /// its second character only, and the last part of others is letters.
    private static func isHostname(_ text: Bytes) -> Bool {
        guard text.count <= 255 else { return false }
        let parts = String(decoding: text, as: UTF8.self).unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
        guard let last = parts.last, parts.allSatisfy({ part in (1...63).contains(part.reduce(0) { $0 + UTF8.width($1) }) })
        else { return false }
        if parts.count == 1 {
            guard isOfName(last.first!) else { return false }
            let rest = last.dropFirst()
            return (rest.first == "-" ? rest.dropFirst() : rest).allSatisfy(isOfName)
        }
        let isEnd = last.count >= 2 && last.allSatisfy { isLetter($0) }
        return isEnd
            && parts.dropLast().allSatisfy { part in
                isOfName(part.first!) && isOfName(part.last!) && part.allSatisfy { $0 == "-" || isOfName($0) }
            }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// Letters and symbols of all scripts, and digits.
    private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
        if (0x30...0x39).contains(scalar.value) || isLetter(scalar) { return true }
        switch scalar.properties.generalCategory {
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: return true
        default: return false
        }
    }

    private static func isColor(_ text: Bytes) -> Bool {
        let digits = text.first == 0x23 ? text.dropFirst() : text[...]
        return (digits.count == 3 || digits.count == 6) && digits.allSatisfy(isHex)
    }

    /// `rgb(0, 128, 255)`.
    private static func isMixedColor(_ text: Bytes) -> Bool {
        guard text.starts(with: "rgb(".utf8), text.last == 0x29, text.count > 5 else { return false }
        let parts = text[4..<text.count - 1].split(separator: 0x2C, omittingEmptySubsequences: false)
        return parts.count == 3
            && parts.allSatisfy { part in
                let digits = part.drop(while: Self.isBlank).reversed().drop(while: Self.isBlank)
                guard (1...3).contains(digits.count), digits.allSatisfy(NameRule.isDigit) else { return false }
                if digits.count > 1, digits.last == 0x30 { return false }
                return digits.reversed().reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
            }
    }

    /// White space as regular expressions have it.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) && byte != 0x0B }
}
