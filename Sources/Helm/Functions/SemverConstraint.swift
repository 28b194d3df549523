/// Constraints on versions such as `>=1.2, <2 || ~3.1` (Masterminds semver).
struct SemverConstraint {
    private enum Comparison: String {
        case equal = "="
        case notEqual = "!="
        case more = ">"
        case less = "<"
        case atLeast = ">="
        case atMost = "<="
        case tilde = "~"
        case caret = "^"
    }

    private struct Part {
        var comparison: Comparison
        var version: Semver
        /// How many of the three numbers are given.
        var given: Int

        /// Whether numbers are left open: the last two, the last alone, any.
        var isMinorOpen: Bool { given == 1 }
        var isPatchOpen: Bool { given == 2 }
        var isOpen: Bool { given < 3 }
    }

    private var alternatives: [[Part]] = []

    /// What stands between two bars and is no constraint.
    struct Improper: Error { let piece: String }

    init(_ text: String) throws(Improper) {
        guard text.utf8.count <= 4096 else { throw Improper(piece: text) }
        for alternative in Self.split(text) {
            guard let parts = Self.parts(alternative) else { throw Improper(piece: String(alternative)) }
            alternatives.append(parts)
        }
    }

    private static func split(_ text: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = text[...]
        while let bar = rest.firstRange(of: "||") {
            parts.append(rest[..<bar.lowerBound])
            rest = rest[bar.upperBound...]
        }
        return parts + [rest]
    }

    /// What `\s` of Go's regular expressions takes.
    private static let blanks: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "\u{0C}"]

    private static func parts(_ text: Substring) -> [Part]? {
        let pieces = text.split(separator: ",", omittingEmptySubsequences: false)
        guard pieces.allSatisfy({ $0.unicodeScalars.contains { !Self.blanks.contains($0) } }) else { return nil }
        // Blanks between an operator and its version mean nothing, elsewhere they separate like commas.
        var tokens: [String] = []
        var current = ""
        for character in text.unicodeScalars {
            switch character {
            case ",",
                _ where Self.blanks.contains(character):
                let isOperator = current.allSatisfy { "=!<>~^".contains($0) }
                if !current.isEmpty, character != ",", isOperator { continue }
                if !current.isEmpty { tokens.append(current) }
                current = ""
            default: current.unicodeScalars.append(character)
            }
        }
        if !current.isEmpty { tokens.append(current) }
        var parts: [Part] = []
        var index = 0
        while index < tokens.count {
            if index + 2 < tokens.count, tokens[index + 1] == "-" {
                guard let low = part(">=" + tokens[index]), let high = part("<=" + tokens[index + 2]) else {
                    return nil
                }
                parts += [low, high]
                index += 3
                continue
            }
            guard let part = part(tokens[index]) else { return nil }
            parts.append(part)
            index += 1
        }
        return parts.isEmpty ? nil : parts
    }

    private static func part(_ token: String) -> Part? {
        let mark = token.prefix { "=!<>~^".contains($0) }
        let comparison: Comparison
        switch mark {
        case "", "=": comparison = .equal
        case "!=": comparison = .notEqual
        case ">": comparison = .more
        case "<": comparison = .less
        case ">=", "=>": comparison = .atLeast
        case "<=", "=<": comparison = .atMost
        case "~", "~>": comparison = .tilde
        case "^": comparison = .caret
        default: return nil
        }
        var body = token.dropFirst(mark.count)
        if body.hasPrefix("v") { body = body.dropFirst() }
        if body.isEmpty { return nil }
        let end = body.firstIndex { $0 == "-" || $0 == "+" } ?? body.endIndex
        let tail = body[end...]
        let numbers = body[..<end].split(separator: ".", omittingEmptySubsequences: false)
        guard 1...3 ~= numbers.count else { return nil }
        var given = 0
        var isOpen = false
        var texts: [String] = []
        for number in numbers {
            let isWildcard = number == "x" || number == "X" || number == "*"
            guard isWildcard || !number.isEmpty && number.utf8.allSatisfy({ $0 &- 0x30 <= 9 }) else { return nil }
            isOpen = isOpen || isWildcard
            if !isOpen { given += 1 }
            texts.append(isOpen ? "0" : String(number))
        }
        while texts.count < 3 { texts.append("0") }
        guard let version = Semver(texts.joined(separator: ".") + tail) else { return nil }
        return Part(comparison: comparison, version: version, given: given)
    }

    func matches(_ version: Semver) -> Bool {
        alternatives.contains { parts in
            // A version before a release is only looked at where one of those that must all hold names one.
            let isLookedAt = version.prerelease.isEmpty || parts.contains { !$0.version.prerelease.isEmpty }
            return isLookedAt && parts.allSatisfy { Self.matches(version, $0) }
        }
    }

    private static func matches(_ version: Semver, _ part: Part) -> Bool {
        let wanted = part.version
        let order = version.compare(wanted)
        switch part.comparison {
        case .equal: return part.isOpen ? tilde(version, part) : order == 0
        case .notEqual:
            if part.isOpen, version.major != wanted.major { return true }
            if part.isMinorOpen { return false }
            if part.isOpen, version.minor != wanted.minor { return true }
            return part.isPatchOpen ? version.prerelease != wanted.prerelease : order != 0
        case .more:
            if !part.isOpen { return order > 0 }
            if version.major != wanted.major { return version.major > wanted.major }
            if part.isMinorOpen { return false }
            return part.isPatchOpen ? version.minor > wanted.minor : order > 0
        case .less: return order < 0
        case .atLeast: return order >= 0
        case .atMost:
            if !part.isOpen { return order <= 0 }
            if version.major != wanted.major { return version.major < wanted.major }
            return part.isMinorOpen || version.minor <= wanted.minor
        case .tilde: return tilde(version, part)
        case .caret: return caret(version, part)
        }
    }

    private static func tilde(_ version: Semver, _ part: Part) -> Bool {
        let wanted = part.version
        if version.compare(wanted) < 0 { return false }
        // `~0.0.0`, like `~x`, takes all.
        if wanted.major == 0, wanted.minor == 0, wanted.patch == 0, !part.isMinorOpen, !part.isPatchOpen { return true }
        return version.major == wanted.major && (part.isMinorOpen || version.minor == wanted.minor)
    }

    private static func caret(_ version: Semver, _ part: Part) -> Bool {
        let wanted = part.version
        if version.compare(wanted) < 0 { return false }
        if wanted.major > 0 || part.isMinorOpen { return version.major == wanted.major }
        if version.major > 0 { return false }
        if wanted.minor > 0 || part.isPatchOpen { return version.minor == wanted.minor }
        return version.minor == 0 && version.patch == wanted.patch
    }
}
