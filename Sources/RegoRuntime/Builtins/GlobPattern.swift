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
        case range(ClosedRange<UInt32>, isNegated: Bool)
        case alternatives([[Step]])
    }

    /// One state of the automaton: what it accepts and where it leads.
    private enum State {
        case scalar(UInt32, next: Int)
        case notDelimiter(next: Int)
        case anyScalar(next: Int)
        case list(Set<UInt32>, isNegated: Bool, next: Int)
        case range(ClosedRange<UInt32>, isNegated: Bool, next: Int)
        case split([Int])
        case accept
    }

    let source: [UInt8]
    let delimiters: [Unicode.Scalar]
    private var states: [State] = [.accept]
    private var start = 0

    init(_ bytes: UTF8Bytes.Bytes, delimiters: [Unicode.Scalar]) throws(Problem) {
        source = Array(bytes)
        self.delimiters = delimiters
        var reader = Reader(scalars: Array(String(decoding: bytes, as: UTF8.self).unicodeScalars))
        let steps = try reader.sequence(depth: 0)
        guard steps.count < Self.maximumSteps else { throw Problem(message: "pattern is too long") }
        start = build(steps, then: 0)
    }

    private static let maximumSteps = 10_000

    // MARK: Matching

    /// Whether the whole text matches; linear in the text.
    func matches(_ text: UTF8Bytes.Bytes) -> Bool {
        var current: Set<Int> = []
        add(start, to: &current)
        var index = 0
        while index < text.count {
            if current.isEmpty { return false }
            let scalar = UTF8Bytes.scalar(text, at: &index)
            var following: Set<Int> = []
            for state in current {
                if let next = step(states[state], scalar) { add(next, to: &following) }
            }
            current = following
        }
        return current.contains(0)
    }

    private func step(_ state: State, _ scalar: Unicode.Scalar) -> Int? {
        switch state {
        case .scalar(let wanted, let next): scalar.value == wanted ? next : nil
        case .notDelimiter(let next): delimiters.contains(scalar) ? nil : next
        case .anyScalar(let next): next
        case .list(let members, let isNegated, let next): members.contains(scalar.value) != isNegated ? next : nil
        case .range(let range, let isNegated, let next): range.contains(scalar.value) != isNegated ? next : nil
        case .split, .accept: nil
        }
    }

    private func add(_ state: Int, to set: inout Set<Int>) {
        var pending = [state]
        while let next = pending.popLast() {
            guard set.insert(next).inserted else { continue }
            if case .split(let targets) = states[next] { pending += targets }
        }
    }

    // MARK: Construction

    private func append(_ state: State) -> Int {
        states.append(state)
        return states.count - 1
    }

    /// The first state of the steps, the last of which leads to `next`.
    private func build(_ steps: [Step], then next: Int) -> Int {
        var next = next
        for step in steps.reversed() {
            switch step {
            case .text(let scalars):
                for scalar in scalars.reversed() { next = append(.scalar(scalar.value, next: next)) }
            case .any: next = loop(then: next) { .notDelimiter(next: $0) }
            case .anything: next = loop(then: next) { .anyScalar(next: $0) }
            case .single: next = append(.notDelimiter(next: next))
            case .list(let members, let isNegated):
                next = append(.list(Set(members.map(\.value)), isNegated: isNegated, next: next))
            case .range(let range, let isNegated): next = append(.range(range, isNegated: isNegated, next: next))
            case .alternatives(let branches):
                let end = next
                next = append(.split(branches.map { build($0, then: end) }))
            }
        }
        return next
    }

    private func loop(then next: Int, _ body: (Int) -> State) -> Int {
        let split = append(.split([]))
        let state = append(body(split))
        states[split] = .split([state, next])
        return split
    }

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
                return .range(first.value...last.value, isNegated: isNegated)
            }
            let members = text(until: "]")
            guard next == "]" else { throw Problem(message: "unexpected end of input") }
            position += 1
            guard !members.isEmpty else { throw Problem(message: "could not parse range") }
            return .list(members, isNegated: isNegated)
        }
    }
}
