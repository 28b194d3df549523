import GoTemplate

/// The rules of a `.helmignore` file.
struct HelmIgnore {
    private struct Rule {
        var pattern: String
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
                pattern: String(pattern), isNegated: isNegated, wantsFolder: wantsFolder,
                isPath: isRooted || pattern.contains("/"),
                literal: pattern.utf8.contains { "*?[\\".utf8.contains($0) } ? nil : Array(pattern.utf8)))
    }

    func ignores(_ path: String, isFolder: Bool) -> Bool {
        let base = PathFunctions.base(path)
        for rule in rules {
            let name = rule.isPath ? path : base
            let matches = rule.literal.map { name.utf8.elementsEqual($0) } ?? FileMatch.matches(rule.pattern, name)
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
        matches(Array(pattern.unicodeScalars)[...], Array(name.unicodeScalars)[...])
    }

    private static func matches(_ pattern: ArraySlice<Unicode.Scalar>, _ name: ArraySlice<Unicode.Scalar>) -> Bool {
        var pattern = pattern
        var name = name
        // Where to go on when a `*` must take one more character.
        var retry: (pattern: ArraySlice<Unicode.Scalar>, name: ArraySlice<Unicode.Scalar>)?
        while true {
            if pattern.first == "*" {
                pattern = pattern.drop { $0 == "*" }
                retry = (pattern, name)
                continue
            }
            if name.isEmpty, pattern.isEmpty { return true }
            if !name.isEmpty, step(&pattern, &name) { continue }
            guard let (rest, from) = retry, let first = from.first, first != "/" else { return false }
            (pattern, name) = (rest, from.dropFirst())
            retry = (rest, name)
        }
    }

    /// Takes one character and what matches it.
    private static func step(_ pattern: inout ArraySlice<Unicode.Scalar>, _ name: inout ArraySlice<Unicode.Scalar>)
        -> Bool
    {
        guard let wanted = pattern.first, let scalar = name.first else { return false }
        switch wanted {
        case "?":
            if scalar == "/" { return false }
            pattern = pattern.dropFirst()
        case "[":
            var rest = pattern.dropFirst()
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
            if rest.isEmpty || isIn == isNegated { return false }
            pattern = rest.dropFirst()
        case "\\":
            guard pattern.dropFirst().first == scalar else { return false }
            pattern = pattern.dropFirst(2)
        default:
            if wanted != scalar { return false }
            pattern = pattern.dropFirst()
        }
        name = name.dropFirst()
        return true
    }
}
