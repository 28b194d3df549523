/// A regular expression of Go's `regexp`, for other users than builtins.
package final class GoRegex: Sendable {
    private let pattern: RegexPattern

    /// Why a pattern cannot be compiled, as Go words it.
    package struct Problem: Error {
        package var message: String
    }

    package init(_ text: String) throws(Problem) {
        pattern = Array(text.utf8).withUnsafeBufferPointer { RegexPattern.shared($0) }
        if let problem = pattern.problem { throw Problem(message: "error parsing regexp: \(problem)") }
    }

    package func matches(_ text: [UInt8]) -> Bool { text.withUnsafeBufferPointer { pattern.matches($0) } }

    /// Successive matches as pairs of byte offsets for the whole and each group; -1 for groups that took no part.
    /// - Parameter limit: at most so many; negative for all.
    package func findAll(in text: [UInt8], limit: Int = -1) -> [[Int]] {
        var found: [[Int]] = []
        text.withUnsafeBufferPointer {
            pattern.findAll(in: $0, limit: limit, groups: pattern.groupCount) { match in
                found.append(match)
                return true
            }
        }
        return found
    }

    /// The number of a named group.
    package func group(named name: String) -> Int? {
        Array(name.utf8).withUnsafeBufferPointer { pattern.group(named: $0) }
    }
}

/// A glob of the gobwas library, for other users than builtins.
package struct GoGlob {
    private let pattern: GlobPattern

    /// nil for a glob that cannot be read. `*` and `?` stop at the separator.
    package init?(_ text: String, separator: Unicode.Scalar) {
        let glob = Array(text.utf8).withUnsafeBufferPointer { try? GlobPattern($0, delimiters: [separator]) }
        guard let glob else { return nil }
        pattern = glob
    }

    /// Whether the whole text matches; a glob that takes very long counts as not matching.
    package func matches(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { pattern.matches($0) ?? false }
    }
}
