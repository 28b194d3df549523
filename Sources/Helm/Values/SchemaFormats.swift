import GoLibrary

/// The formats of JSON Schema that older drafts check.
enum SchemaFormats {
    private static let patterns: [String: String] = [
        "date": #"^\d{4}-\d{2}-\d{2}$"#,
        "date-time": #"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$"#,
        "time": #"^\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$"#,
        "email": #"^[^@\s]+@[^@\s]+$"#,
        "hostname":
            #"^[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?)*\.?$"#,
        "ipv4": #"^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$"#,
        "ipv6": #"^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$"#,
        "uri": #"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]*$"#,
        "uuid": #"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"#,
        "json-pointer": #"^(/([^~/]|~[01])*)*$"#,
    ]

    /// Whether a text has a format; formats that are not known count as met.
    static func fits(_ text: String, _ format: String) -> Bool {
        if format == "regex" { return (try? GoRegex(text)) != nil }
        guard let pattern = patterns[format], let regex = try? GoRegex(pattern) else { return true }
        return regex.matches(Array(text.utf8))
    }
}
