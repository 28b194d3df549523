import Documents
import GoLibrary

/// The values of `format` that gojsonschema checks; others accept everything.
enum SchemaFormat {
    static func accepts(_ value: Value, _ format: String, _ patterns: RegexCache) -> Bool {
        let text = value.string
        switch format {
        case "date": return parses(text, "2006-01-02")
        case "time": return parses(text, "15:04:05") || parses(text, "15:04:05Z07:00")
        case "date-time":
            return ["2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05.999999999Z07:00"].contains { parses(text, $0) }
        case "hostname": return isHostName(text)
        case "email", "idn-email": return isEmail(text)
        case "ipv4": return !text.contains(":") && IPAddress(text.utf8) != nil
        case "ipv6": return text.contains(":") && IPAddress(text.utf8) != nil
        case "uri", "iri": return (try? URI(text.utf8)).map { !$0.scheme.isEmpty } ?? false && !text.contains("\\")
        case "uri-reference", "iri-reference": return (try? URI(text.utf8)) != nil && !text.contains("\\")
        case "uri-template": return isTemplate(text)
        case "uuid": return text.utf8.count == 36 && UUIDText.bytes(text.utf8) != nil
        case "regex": return patterns.isValid(value)
        case "json-pointer": return isPointer(text)
        case "relative-json-pointer": return isRelativePointer(text)
        default: return true
        }
    }

    private static func parses(_ text: String, _ layout: String) -> Bool {
        (try? TimeParser.parse(text, TimeLayout(layout), local: .utc)) != nil
    }

    private static func isHostName(_ text: String) -> Bool {
        guard text.utf8.count < 256 else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            let bytes = Array(label.utf8)
            func isAlphanumeric(_ byte: UInt8) -> Bool {
                byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
            }
            guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
            return isAlphanumeric(first) && isAlphanumeric(last)
                && bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }
    }

    /// `a@b`, or a display name before it in angle brackets.
    private static func isEmail(_ text: String) -> Bool {
        var address = text[...]
        if text.hasSuffix(">"), let open = text.lastIndex(of: "<") {
            address = text[text.index(after: open)...].dropLast()
        }
        guard let at = address.lastIndex(of: "@") else { return false }
        let domain = address[address.index(after: at)...]
        return at != address.startIndex && !domain.isEmpty
            && !address.contains { $0.isWhitespace || $0 == "," || $0 == "<" || $0 == ">" }
    }

    private static func isTemplate(_ text: String) -> Bool {
        var isOpen = false
        for scalar in text.unicodeScalars {
            if scalar == "{" {
                if isOpen { return false }
                isOpen = true
            } else if scalar == "}" {
                if !isOpen { return false }
                isOpen = false
            }
        }
        return !isOpen
    }

    private static func isPointer(_ text: String) -> Bool {
        guard text.isEmpty || text.hasPrefix("/") else { return false }
        let bytes = Array(text.utf8)
        return bytes.indices.allSatisfy { index in
            guard bytes[index] == UInt8(ascii: "~") else { return true }
            return index + 1 < bytes.count && (bytes[index + 1] == 0x30 || bytes[index + 1] == 0x31)
        }
    }

    private static func isRelativePointer(_ text: String) -> Bool {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits == "0" || !digits.hasPrefix("0") else { return false }
        let rest = text.dropFirst(digits.count)
        return rest == "#" || isPointer(String(rest))
    }
}
