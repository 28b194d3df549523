/// A file pattern as `.gitignore` and shells have it: `*` and `?` stay inside one path part, `**` crosses parts,
/// `[a-z]`, `{yaml,yml}`. A pattern without a slash is compared with every part of the path.
package struct PathGlob: Sendable, Hashable {
    package let text: String
    private let alternatives: [[[UInt8]]]
    private let isAnchored: Bool

    /// The pattern as written.
    package init(_ text: String) {
        self.text = text
        var body = Substring(text)
        while body.hasPrefix("./") { body = body.dropFirst(2) }
        isAnchored = body.dropLast().contains("/")
        if body.hasPrefix("/") { body = body.dropFirst() }
        if body.hasSuffix("/") { body = body.dropLast() }
        alternatives = Self.expandBraces(Array(body.utf8)).prefix(256).map { alternative in
            alternative.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true).map(Array.init)
        }
    }

    /// Whether the pattern fits a path given relative to the searched folder.
    package func matches(_ path: String) -> Bool {
        let parts = path.split(separator: "/").map { Array($0.utf8) }
        return alternatives.contains { pattern in
            if isAnchored { return Self.matches(pattern[...], parts[...]) }
            guard let only = pattern.first else { return false }
            return parts.contains { Self.matchesPart(only[...], $0[...]) }
        }
    }

    private static func expandBraces(_ pattern: [UInt8]) -> [[UInt8]] {
        guard let open = pattern.firstIndex(of: UInt8(ascii: "{")) else { return [pattern] }
        var depth = 0
        var pieces: [[UInt8]] = [[]]
        for index in open..<pattern.count {
            let byte = pattern[index]
            if byte == UInt8(ascii: "{") {
                depth += 1
                if depth == 1 { continue }
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 {
                    let rest = expandBraces(Array(pattern[(index + 1)...]))
                    let inner = pieces.flatMap(expandBraces)
                    if inner.count * rest.count > 256 { return [] }
                    return inner.flatMap { piece in rest.map { Array(pattern[..<open]) + piece + $0 } }
                }
            } else if byte == UInt8(ascii: ","), depth == 1 {
                pieces.append([])
                continue
            }
            pieces[pieces.count - 1].append(byte)
        }
        return [pattern]
    }

    private static func matches(_ pattern: ArraySlice<[UInt8]>, _ parts: ArraySlice<[UInt8]>) -> Bool {
        guard let first = pattern.first else { return parts.isEmpty }
        if first == Array("**".utf8) {
            if pattern.count == 1 { return !parts.isEmpty }
            return (parts.startIndex...parts.endIndex).contains { matches(pattern.dropFirst(), parts[$0...]) }
        }
        guard let part = parts.first, matchesPart(first[...], part[...]) else { return false }
        return matches(pattern.dropFirst(), parts.dropFirst())
    }

    /// Compares one path part; backtracks only to the last `*`, so the time is bounded by the product of the lengths.
    private static func matchesPart(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
        var p = pattern.startIndex
        var n = name.startIndex
        var star: (pattern: Int, name: Int)?
        while n < name.endIndex {
            if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
                star = (p + 1, n)
                p += 1
            } else if p < pattern.endIndex, let next = matchOne(pattern, p, name[n]) {
                p = next
                n += 1
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                p = last.pattern
                n = last.name + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// The index after the pattern's element at `index` when it fits `byte`.
    private static func matchOne(_ pattern: ArraySlice<UInt8>, _ index: Int, _ byte: UInt8) -> Int? {
        switch pattern[index] {
        case UInt8(ascii: "?"): return index + 1
        case UInt8(ascii: "["):
            guard let close = pattern[(index + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else { fallthrough }
            var set = pattern[(index + 1)..<close]
            let isNegated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
            if isNegated { set = set.dropFirst() }
            return contains(set, byte) != isNegated ? close + 1 : nil
        default: return pattern[index] == byte ? index + 1 : nil
        }
    }

    private static func contains(_ set: ArraySlice<UInt8>, _ byte: UInt8) -> Bool {
        var index = set.startIndex
        while index < set.endIndex {
            if index + 2 < set.endIndex, set[index + 1] == UInt8(ascii: "-") {
                if set[index] <= byte, byte <= set[index + 2] { return true }
                index += 3
            } else {
                if set[index] == byte { return true }
                index += 1
            }
        }
        return false
    }
}
