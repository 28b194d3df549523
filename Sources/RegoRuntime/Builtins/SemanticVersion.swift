import Documents

extension Builtins {
    /// Semantic versions (OPA policy reference, "Semver").
    static let semver: [Builtin] = [
        Builtin(
            "semver.is_valid", help: "(text) Whether the text is a semantic version.", .any, returns: .boolean, work: .scanning
        ) { call in
            .bool(call[0].kind == .string && SemanticVersion(call[0].string) != nil)
        },
        Builtin(
            "semver.compare", help: "(a, b) -1, 0 or 1 as the first version is lower, equal or higher.", .string, .string,
            returns: .number, work: .scanning
        ) { call in
            guard let left = call.stringOperand(0), let right = call.stringOperand(1) else { return .undefined }
            guard let a = SemanticVersion(left.string) else {
                return call.fail("operand 1: string \(call.quoted(left)) is not a valid SemVer")
            }
            guard let b = SemanticVersion(right.string) else {
                return call.fail("operand 2: string \(call.quoted(right)) is not a valid SemVer")
            }
            return .int(a.compare(b))
        },
    ]
}

/// `1.2.3-rc.1+build`, with an optional `v` in front.
private struct SemanticVersion {
    private var numbers: [Int64]
    private var preRelease: [Substring]

    init?(_ text: String) {
        let (version, build) = Self.cut(text.hasPrefix("v") ? text.dropFirst() : text[...], at: "+")
        let (core, label) = Self.cut(version, at: "-")
        guard Self.areIdentifiers(build), Self.areIdentifiers(label) else { return nil }
        let parts = core.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        numbers = parts.compactMap { part in part.utf8.allSatisfy { $0 &- 0x30 <= 9 } ? Int64(part) : nil }
        guard numbers.count == 3 else { return nil }
        preRelease = label.isEmpty ? [] : label.split(separator: ".")
    }

    private static func cut(_ text: Substring, at mark: Character) -> (Substring, Substring) {
        guard let place = text.utf8.firstIndex(of: mark.asciiValue ?? 0) else { return (text, "") }
        return (text[..<place], text[text.utf8.index(after: place)...])
    }

    /// Identifiers of letters, digits and hyphens with full stops between them, or nothing.
    private static func areIdentifiers(_ text: Substring) -> Bool {
        if text.isEmpty { return true }
        return text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.allSatisfy { $0 == 0x2D || $0 &- 0x30 <= 9 || ($0 | 0x20) &- 0x61 < 26 }
        }
    }

    /// -1, 0 or 1 by precedence (semver.org, item 11).
    func compare(_ other: SemanticVersion) -> Int {
        for (a, b) in zip(numbers, other.numbers) where a != b { return a < b ? -1 : 1 }
        if preRelease.isEmpty || other.preRelease.isEmpty {
            return preRelease.isEmpty == other.preRelease.isEmpty ? 0 : preRelease.isEmpty ? 1 : -1
        }
        for (a, b) in zip(preRelease, other.preRelease) {
            let order = Self.compare(a, b)
            if order != 0 { return order }
        }
        return (preRelease.count - other.preRelease.count).signum()
    }

    /// Numbers by value and before words.
    private static func compare(_ a: Substring, _ b: Substring) -> Int {
        let isNumber = { (text: Substring) in text.utf8.allSatisfy { $0 &- 0x30 <= 9 } }
        switch (isNumber(a), isNumber(b)) {
        case (true, false): return -1
        case (false, true): return 1
        case (false, false): return a == b ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
        case (true, true):
            let (x, y) = (a.drop { $0 == "0" }, b.drop { $0 == "0" })
            if x.utf8.count != y.utf8.count { return x.utf8.count < y.utf8.count ? -1 : 1 }
            return x == y ? 0 : x.utf8.lexicographicallyPrecedes(y.utf8) ? -1 : 1
        }
    }
}
