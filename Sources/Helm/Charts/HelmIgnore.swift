import GoTemplate

/// The rules of a `.helmignore` file.
struct HelmIgnore {
    private struct Rule {
        var pattern: [Unicode.Scalar]
        var isNegated: Bool
        var wantsFolder: Bool
        /// Whether the pattern is for the whole path, not for the last name.
        var isPath: Bool
        /// The text that a name must be when nothing in the pattern stands for others.
        var literal: [UInt8]?
    }

    private var rules: [Rule] = []

    init(_ text: String) throws {
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            try add(StringFunctions.trimmed(String(line)))
        }
        try add("templates/.?*")
    }

    private mutating func add(_ line: String) throws {
        if line.isEmpty || line.hasPrefix("#") { return }
        if line.contains("**") { throw HelmProblem("double-star (**) syntax is not supported in .helmignore") }
        var pattern = line[...]
        let isNegated = pattern.hasPrefix("!")
        if isNegated { pattern = pattern.dropFirst() }
        let wantsFolder = pattern.hasSuffix("/")
        if wantsFolder { pattern = pattern.dropLast() }
        let isRooted = pattern.hasPrefix("/")
        if isRooted { pattern = pattern.dropFirst() }
        rules.append(
            Rule(
                pattern: Array(pattern.unicodeScalars), isNegated: isNegated, wantsFolder: wantsFolder,
                isPath: isRooted || pattern.contains("/"),
                literal: pattern.utf8.contains { "*?[\\".utf8.contains($0) } ? nil : Array(pattern.utf8)))
    }

    func ignores(_ path: String, isFolder: Bool) -> Bool {
        let base = PathFunctions.base(path)
        let (pathScalars, baseScalars) = (Array(path.unicodeScalars), Array(base.unicodeScalars))
        for rule in rules {
            let matches =
                if let literal = rule.literal {
                    (rule.isPath ? path : base).utf8.elementsEqual(literal)
                } else {
                    FileMatch.matches(rule.pattern, rule.isPath ? pathScalars : baseScalars)
                }
            if rule.isNegated {
                if rule.wantsFolder && !isFolder || !matches { return true }
            } else if matches, isFolder || !rule.wantsFolder {
                return true
            }
        }
        return false
    }
}

/// Go's `filepath.Match`: `*` and `?` stop at slashes.
enum FileMatch {
    static func matches(_ pattern: String, _ name: String) -> Bool {
        matches(Array(pattern.unicodeScalars), Array(name.unicodeScalars))
    }

    static func matches(_ pattern: [Unicode.Scalar], _ name: [Unicode.Scalar]) -> Bool {
        var (place, index) = (0, 0)
        // Where to go on when a `*` must take one more character.
        var retry: (place: Int, index: Int)?
        while true {
            if place < pattern.count, pattern[place] == "*" {
                while place < pattern.count, pattern[place] == "*" { place += 1 }
                retry = (place, index)
                continue
            }
            if index == name.count, place == pattern.count { return true }
            if index < name.count, place < pattern.count, let width = width(pattern, place, name[index]) {
                place += width
                index += 1
                continue
            }
            guard let from = retry, from.index < name.count, name[from.index] != "/" else { return false }
            (place, index) = (from.place, from.index + 1)
            retry = (place, index)
        }
    }

    /// How much of a pattern stands for a character, from a place on; nil when it stands for others.
    private static func width(_ pattern: [Unicode.Scalar], _ place: Int, _ scalar: Unicode.Scalar) -> Int? {
        switch pattern[place] {
        case "?": return scalar == "/" ? nil : 1
        case "[": return classWidth(pattern[place...], scalar)
        case "\\": return place + 1 < pattern.count && pattern[place + 1] == scalar ? 2 : nil
        default: return pattern[place] == scalar ? 1 : nil
        }
    }

    /// The same for a class of characters in brackets.
    private static func classWidth(_ text: ArraySlice<Unicode.Scalar>, _ scalar: Unicode.Scalar) -> Int? {
        var rest = text.dropFirst()
        let isNegated = rest.first == "^"
        if isNegated { rest = rest.dropFirst() }
        var isIn = false
        var count = 0
        while let low = rest.first, low != "]" || count == 0 {
            var start = low
            rest = rest.dropFirst()
            if start == "\\", let next = rest.first { (start, rest) = (next, rest.dropFirst()) }
            var end = start
            if rest.first == "-", let high = rest.dropFirst().first, high != "]" {
                (end, rest) = (high, rest.dropFirst(2))
            }
            isIn = isIn || start.value <= scalar.value && scalar.value <= end.value
            count += 1
        }
        if rest.isEmpty || isIn == isNegated { return nil }
        return text.count - rest.count + 1
    }
}
