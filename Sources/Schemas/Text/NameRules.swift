/// The forms of names in the Kubernetes API. Each function returns what is wrong, or nil.
enum NameRule {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    static func isAlphanumeric(_ byte: UInt8) -> Bool { isLowerAlphanumeric(byte) || (0x41...0x5A).contains(byte) }
    static func isLowerAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLower(byte) }
    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

    /// RFC 1123 label: what Namespaces and containers are called.
    static func dnsLabel(_ text: Bytes) -> String? {
        if text.count > 63 { return "has \(text.count) characters, 63 at most are allowed" }
        if isLabel(text) { return nil }
        return "must be lower-case letters, digits and '-', beginning and ending with a letter or digit"
    }

    /// RFC 1035 label: as above, but it begins with a letter.
    static func dns1035Label(_ text: Bytes) -> String? {
        if text.count > 63 { return "has \(text.count) characters, 63 at most are allowed" }
        if isLabel(text), let first = text.first, isLower(first) { return nil }
        return "must be lower-case letters, digits and '-', beginning with a letter and ending with a letter or digit"
    }

    /// RFC 1123 subdomain: labels with dots between them, what most objects are called.
    static func dnsSubdomain(_ text: Bytes) -> String? {
        if text.count > 253 { return "has \(text.count) characters, 253 at most are allowed" }
        if isSubdomain(text) { return nil }
        return "must be lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit"
    }

    /// A subdomain that may begin with `*.`.
    static func wildcardSubdomain(_ text: Bytes) -> String? {
        if text.count > 253 { return "has \(text.count) characters, 253 at most are allowed" }
        if text.count > 2, text[0] == 0x2A, text[1] == 0x2E, isSubdomain(Bytes(rebasing: text[2...])) { return nil }
        return "must be '*.' followed by a DNS name"
    }

    /// The key of a label: `name` or `prefix/name`.
    static func qualifiedName(_ text: Bytes) -> String? { qualifiedName(text, allowsCapitals: false) }

    /// - Parameter allowsCapitals: whether the prefix may have capital letters, as that of an annotation may.
    static func qualifiedName(_ text: Bytes, allowsCapitals: Bool) -> String? {
        let slashes = text.count { $0 == 0x2F }
        guard slashes <= 1 else { return "may have one '/' only, between a DNS prefix and a name" }
        var name = text
        if let slash = text.firstIndex(of: 0x2F) {
            let prefix = Bytes(rebasing: text[..<slash])
            if prefix.isEmpty { return "has nothing before the '/'" }
            if prefix.count > 253 || !isSubdomain(prefix, allowsCapitals: allowsCapitals) {
                return "has a prefix that is not a lower-case DNS name"
            }
            name = Bytes(rebasing: text[(slash + 1)...])
        }
        if name.isEmpty { return text.isEmpty ? "may not be empty" : "has nothing behind the '/'" }
        if name.count > 63 { return "has a name of \(name.count) characters, 63 at most are allowed" }
        if isLabelText(name) { return nil }
        return "must be letters, digits, '-', '_' and '.', beginning and ending with a letter or digit"
    }

    static func labelValue(_ text: Bytes) -> String? {
        if text.count > 63 { return "has \(text.count) characters, 63 at most are allowed" }
        if text.isEmpty || isLabelText(text) { return nil }
        return "must be letters, digits, '-', '_' and '.', beginning and ending with a letter or digit"
    }

    /// A key in the data of a ConfigMap or Secret.
    static func configKey(_ text: Bytes) -> String? {
        if text.count > 253 { return "has \(text.count) characters, 253 at most are allowed" }
        if text.elementsEqual([0x2E]) || text.starts(with: [0x2E, 0x2E]) { return "may not be '.' or begin with '..'" }
        let isFine = !text.isEmpty && text.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E }
        return isFine ? nil : "must be letters, digits, '-', '_' and '.'"
    }

    /// The name of an environment variable: any printable ASCII but '='; before 1.32 only what a C identifier has, and '-' and '.'.
    static func environmentName(_ text: Bytes, in release: Release) -> String? {
        if release >= Release(major: 1, minor: 32) {
            return !text.isEmpty && text.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x3D }
                ? nil : "must be printable ASCII characters other than '='"
        }
        let isFine =
            text.first.map { !isDigit($0) } ?? false
            && text.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E }
        return isFine ? nil : "must be letters, digits, '_', '-' and '.', not beginning with a digit"
    }

    /// The name of a port (RFC 6335).
    static func portName(_ text: Bytes) -> String? {
        if text.count > 15 { return "has \(text.count) characters, 15 at most are allowed" }
        guard text.allSatisfy({ isLowerAlphanumeric($0) || $0 == 0x2D }), !text.isEmpty else {
            return "must be lower-case letters, digits and '-'"
        }
        if !text.contains(where: { isLower($0) }) { return "must contain at least one letter" }
        if text.first == 0x2D || text.last == 0x2D { return "may not begin or end with '-'" }
        for index in text.indices.dropFirst() where text[index] == 0x2D && text[index - 1] == 0x2D {
            return "may not have two '-' in a row"
        }
        return nil
    }

    /// What may stand between slashes in a URL: names of roles.
    static func pathSegment(_ text: Bytes) -> String? {
        if text.elementsEqual([0x2E]) || text.elementsEqual([0x2E, 0x2E]) { return "may not be '.' or '..'" }
        return text.contains { $0 == 0x2F || $0 == 0x25 } ? "may not contain '/' or '%'" : nil
    }

    // MARK: Forms

    private static func isLabel(_ text: Bytes, allowsCapitals: Bool = false) -> Bool {
        guard let first = text.first, let last = text.last, first != 0x2D, last != 0x2D else { return false }
        return text.allSatisfy { isLowerAlphanumeric($0) || $0 == 0x2D || allowsCapitals && isAlphanumeric($0) }
    }

    static func isSubdomain(_ text: Bytes, allowsCapitals: Bool = false) -> Bool {
        var start = 0
        for index in 0...text.count where index == text.count || text[index] == 0x2E {
            if !isLabel(Bytes(rebasing: text[start..<index]), allowsCapitals: allowsCapitals) { return false }
            start = index + 1
        }
        return true
    }

    private static func isLabelText(_ text: Bytes) -> Bool {
        guard let first = text.first, let last = text.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
            && text.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E }
    }
}
