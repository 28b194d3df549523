import Documents

/// A glob as OPA's `glob.match` reads it: `*` stops at delimiters and `**` does not, `?` is one character that is no
/// delimiter, `[abc]`, `[a-c]`, `[!a-c]`, `{one,two}` and `\` before a special character.
final class GlobPattern {
    /// A pattern that cannot be read.
    struct Problem: Error {
        var message: String
    }

    private enum Step {
        case text([Unicode.Scalar])
        case any
        case anything
        case single
        case list([Unicode.Scalar], isNegated: Bool)
        case range(ClosedRange<Unicode.Scalar>, isNegated: Bool)
        case alternatives([[Step]])
    }

    let source: [UInt8]
    let delimiters: [Unicode.Scalar]
    private let pattern: RegexPattern

    init(_ bytes: UTF8Bytes.Bytes, delimiters: [Unicode.Scalar]) throws(Problem) {
        source = Array(bytes)
        self.delimiters = delimiters
        var reader = Reader(scalars: Array(String(decoding: bytes, as: UTF8.self).unicodeScalars))
        let steps = try reader.sequence(depth: 0)
        let one = delimiters.isEmpty ? "(?s:.)" : "[^" + delimiters.map(Self.escaped).joined() + "]"
        let text = Array(Self.regex(steps, one: one).utf8)
        pattern = text.withUnsafeBufferPointer { RegexPattern($0) }
        if let problem = pattern.problem { throw Problem(message: problem) }
    }

    /// Whether the whole text matches.
    func matches(_ text: UTF8Bytes.Bytes) -> Bool { pattern.matchesFully(text) }

    /// The steps as a regular expression; `one` matches a character that is no delimiter.
    private static func regex(_ steps: [Step], one: String) -> String {
        steps.map { step in
            switch step {
            case .text(let scalars): scalars.map(escaped).joined()
            case .any: one + "*"
            case .anything: "(?s:.)*"
            case .single: one
            case .list(let members, let isNegated):
                "[" + (isNegated ? "^" : "") + members.map(escaped).joined() + "]"
            case .range(let range, let isNegated):
                "[" + (isNegated ? "^" : "") + escaped(range.lowerBound) + "-" + escaped(range.upperBound) + "]"
            case .alternatives(let branches): "(?:" + branches.map { regex($0, one: one) }.joined(separator: "|") + ")"
            }
        }.joined()
    }

    /// The character so that it stands for itself anywhere in a regular expression.
    private static func escaped(_ scalar: Unicode.Scalar) -> String { "\\x{" + String(scalar.value, radix: 16) + "}" }

    // MARK: Reading

    private struct Reader {
        let scalars: [Unicode.Scalar]
        var position = 0

        init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

        private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

        /// Steps up to the end or, inside braces, to `,` or `}`. Open braces may stay open at the end.
        mutating func sequence(depth: Int) throws(Problem) -> [Step] {
            guard depth <= 50 else { throw Problem(message: "pattern nests too deeply") }
            var steps: [Step] = []
            while let scalar = next {
                if depth > 0, scalar == "," || scalar == "}" { break }
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

        private mutating func alternatives(depth: Int) throws(Problem) -> Step {
            var branches = [try sequence(depth: depth)]
            while let scalar = next {
                position += 1
                if scalar == "}" { break }
                branches.append(try sequence(depth: depth))
            }
            return .alternatives(branches)
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
        private mutating func set() throws(Problem) -> Step {
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
