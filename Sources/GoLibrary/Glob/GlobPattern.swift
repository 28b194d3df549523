/// A glob as OPA's `glob.match` reads it: `*` stops at delimiters and `**` does not, `?` is one character that is no
/// delimiter, `[abc]`, `[a-c]`, `[!a-c]`, `{one,two}` and `\` before a special character. It matches as the library
/// that OPA uses does (github.com/gobwas/glob 0.2.3), in whose answers the way a pattern is compiled shows.
package final class GlobPattern {
    /// A pattern that cannot be read.
    package struct Problem: Error {
        package var message: String

        package init(message: String) { self.message = message }
    }

    package let source: [UInt8]
    package let delimiters: [Unicode.Scalar]
    private let matcher: GlobMatcher

    package init(_ bytes: UTF8Bytes.Bytes, delimiters: [Unicode.Scalar]) throws(Problem) {
        source = Array(bytes)
        self.delimiters = delimiters
        var reader = Reader(scalars: Array(String(decoding: bytes, as: UTF8.self).unicodeScalars))
        let steps = try reader.sequence(depth: 0)
        matcher = GlobCompiler(delimiters: delimiters).matcher(of: .pattern(steps))
    }

    /// Whether the whole text matches; nil when that takes too many steps.
    package func matches(_ text: UTF8Bytes.Bytes) -> Bool? {
        var search = GlobSearch()
        let result = matcher.matches(text, &search)
        return search.isStopped ? nil : result
    }

    // MARK: Reading

    private struct Reader {
        let scalars: [Unicode.Scalar]
        var position = 0

        /// Parts read so far.
        private var count = 0

        init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

        private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

        /// Steps up to the end or, inside braces, to `,` or `}`. Open braces may stay open at the end.
        mutating func sequence(depth: Int) throws(Problem) -> [GlobStep] {
            guard depth <= 50 else { throw Problem(message: "pattern nests too deeply") }
            var steps: [GlobStep] = []
            while let scalar = next {
                if depth > 0, scalar == "," || scalar == "}" { break }
                count += 1
                // Matchers call each other as deep as a pattern has parts.
                guard count <= 4096 else { throw Problem(message: "pattern has too many parts") }
                switch scalar {
                case "*":
                    position += 1
                    let isSuper = next == "*"
                    if isSuper { position += 1 }
                    steps.append(isSuper ? .anything : .any)
                case "?":
                    position += 1
                    steps.append(.single)
                case "[":
                    position += 1
                    steps.append(try set())
                case "{":
                    position += 1
                    steps.append(try alternatives(depth: depth + 1))
                default: steps.append(.text(text(until: depth > 0 ? "?*[{}," : "?*[{")))
                }
            }
            return steps
        }

        private mutating func alternatives(depth: Int) throws(Problem) -> GlobStep {
            var branches = [try sequence(depth: depth)]
            while let scalar = next {
                position += 1
                if scalar == "}" { break }
                branches.append(try sequence(depth: depth))
            }
            return .alternatives(branches.map(GlobStep.pattern))
        }

        /// Characters up to an unescaped breaker; a backslash at the very end counts for nothing.
        private mutating func text(until breakers: String) -> [Unicode.Scalar] {
            var text: [Unicode.Scalar] = []
            while let scalar = next {
                if scalar == "\\" {
                    position += 1
                    guard let escaped = next else { break }
                    text.append(escaped)
                } else if breakers.unicodeScalars.contains(scalar) {
                    break
                } else {
                    text.append(scalar)
                }
                position += 1
            }
            return text
        }

        /// `[!abc]` or `[!a-c]` behind the opening bracket.
        private mutating func set() throws(Problem) -> GlobStep {
            let isNegated = next == "!"
            if isNegated { position += 1 }
            guard let first = next else { throw Problem(message: "unexpected end of input") }
            if position + 1 < scalars.count, scalars[position + 1] == "-" {
                guard position + 2 < scalars.count else { throw Problem(message: "unexpected end of input") }
                let last = scalars[position + 2]
                position += 3
                guard let close = next else { throw Problem(message: "unexpected end of input") }
                guard close == "]" else { throw Problem(message: "expected close range character") }
                position += 1
                guard first <= last else {
                    throw Problem(message: "hi character '\(last)' should be greater than lo '\(first)'")
                }
                return .range(first...last, isNegated: isNegated)
            }
            let members = text(until: "]")
            guard next == "]" else { throw Problem(message: "unexpected end of input") }
            position += 1
            guard !members.isEmpty else { throw Problem(message: "could not parse range") }
            return .list(members, isNegated: isNegated)
        }
    }
}
