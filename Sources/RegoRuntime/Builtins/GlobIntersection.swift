import Text

/// Whether two patterns of characters, `.`, sets `[a-c]` and the flags `*` and `+` have a non-empty string in common,
/// decided greedily token against token as OPA does (`regex.globs_match`).
struct GlobIntersection {
    /// A pattern that cannot be read.
    struct Problem: Error {
        var message: String
    }

    static func isNonEmpty(_ left: String, _ right: String) throws(Problem) -> Bool {
        var (first, second) = (try tokens(left), try tokens(right))
        guard trimEnds(&first, &second) else { return false }
        var intersection = GlobIntersection(left: first, right: second)
        return intersection.meets(Sides(first: .left, i: 0, j: 0))
    }

    // MARK: Tokens

    private struct Token {
        enum Kind {
            case any
            case set([ClosedRange<UInt32>])
        }
        enum Flag {
            case none, star, plus
        }
        var kind: Kind
        var flag = Flag.none

        private var rangeCount: Int { if case .set(let ranges) = kind { ranges.count } else { 0 } }

        /// Whether both stand for the same characters.
        func isSame(as other: Token) -> Bool {
            switch (kind, other.kind) {
            case (.any, .any): true
            case (.set(let mine), .set(let theirs)): Self.merged(mine) == Self.merged(theirs)
            default: false
            }
        }

        private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
            var merged: [ClosedRange<UInt32>] = []
            for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
                if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
                    merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
                } else {
                    merged.append(range)
                }
            }
            return merged
        }

        func matches(_ other: Token) -> Bool {
            guard WorkMeter.charge(2 &+ (rangeCount &* other.rangeCount) >> 2) else { return false }
            guard case .set(let mine) = kind, case .set(let theirs) = other.kind else { return true }
            return mine.contains { range in theirs.contains(where: range.overlaps) }
        }
    }

    private static func tokens(_ text: String) throws(Problem) -> [Token] {
        var reader = Reader(text: text, scalars: Array(text.unicodeScalars))
        var tokens: [Token] = []
        while let (scalar, isEscaped) = try reader.next() {
            var token = Token(kind: .set([scalar.value...scalar.value]))
            if !isEscaped {
                switch scalar {
                case ".": token.kind = .any
                case "[": token.kind = .set(try reader.set())
                case "]": throw reader.problem("set-close ']' with no preceding '['")
                case "*", "+": throw reader.problem("flag '\(scalar)' must be preceded by a non-flag")
                default: break
                }
            }
            token.flag = reader.flag()
            if token.flag != .none, let last = tokens.last, last.flag != .none, last.isSame(as: token) {
                if token.flag == .plus { tokens[tokens.count - 1].flag = .plus }
            } else {
                tokens.append(token)
            }
        }
        guard tokens.count(where: { $0.flag != .none }) <= maximumRepeats else {
            throw Problem(message: "input has more than \(maximumRepeats) repeated tokens")
        }
        return tokens
    }

    /// Bounds the depth of the search.
    private static let maximumRepeats = 256

    private struct Reader {
        let text: String
        let scalars: [Unicode.Scalar]
        var position = 0

        init(text: String, scalars: [Unicode.Scalar]) { (self.text, self.scalars) = (text, scalars) }

        func problem(_ message: String) -> Problem {
            Problem(message: "input:\(text), pos:\(position), \(message): the input provided is invalid")
        }

        mutating func next() throws(Problem) -> (scalar: Unicode.Scalar, isEscaped: Bool)? {
            guard position < scalars.count else { return nil }
            if scalars[position] != "\\" {
                position += 1
                return (scalars[position - 1], false)
            }
            guard position + 1 < scalars.count else { throw problem("input ends with a \\ (escape) character") }
            position += 2
            return (scalars[position - 1], true)
        }

        mutating func flag() -> Token.Flag {
            guard position < scalars.count, scalars[position] == "*" || scalars[position] == "+" else { return .none }
            position += 1
            return scalars[position - 1] == "*" ? .star : .plus
        }

        /// The ranges up to the closing bracket.
        mutating func set() throws(Problem) -> [ClosedRange<UInt32>] {
            var ranges: [ClosedRange<UInt32>] = []
            var previous: Unicode.Scalar?
            while let (scalar, isEscaped) = try next() {
                if !isEscaped, scalar == "]" { return ranges }
                if isEscaped || scalar != "-" {
                    ranges.append(scalar.value...scalar.value)
                    previous = scalar
                    continue
                }
                guard let low = previous else {
                    throw problem("range character '-' must be preceded by a Unicode character")
                }
                guard position < scalars.count - 1, let (high, isHighEscaped) = try next() else {
                    throw problem("range character '-' must be followed by a Unicode character")
                }
                if !isHighEscaped, high == "]" || high == "-" {
                    throw problem("range character '-' cannot be followed by a special symbol")
                }
                guard low <= high else {
                    throw problem("range is out of order: '\(high)' comes before '\(low)' in Unicode")
                }
                ranges.append(low.value...high.value)
                previous = nil
            }
            throw problem("found [ without matching ]")
        }
    }

    /// Cuts the single tokens at the ends that match, except the last one; false if two do not.
    private static func trimEnds(_ left: inout [Token], _ right: inout [Token]) -> Bool {
        while let a = left.last, let b = right.last, a.flag == .none, b.flag == .none {
            if !a.matches(b) { return false }
            guard let c = left.dropLast().last, let d = right.dropLast().last, c.flag == .none, d.flag == .none else {
                return true
            }
            left.removeLast()
            right.removeLast()
        }
        return true
    }

    // MARK: Search

    private enum Side {
        case left, right
    }

    /// The rest of both patterns, `first` naming whose flags are looked at first.
    private struct Sides: Hashable {
        var first: Side
        var i: Int
        var j: Int
    }

    private let left: [Token]
    private let right: [Token]
    private var known: [Sides: Bool] = [:]

    private init(left: [Token], right: [Token]) { (self.left, self.right) = (left, right) }

    private func pattern(_ sides: Sides, other: Bool = false) -> [Token] {
        (sides.first == .left) != other ? left : right
    }

    private mutating func meets(_ start: Sides) -> Bool {
        guard WorkMeter.charge(20) else { return false }
        if let answer = known[start] { return answer }
        let answer = search(start)
        // Kept outside of the evaluation's storage: in bounds.
        if known.count < 1 << 18 { known[start] = answer }
        return answer
    }

    private mutating func search(_ start: Sides) -> Bool {
        let (first, second) = (pattern(start), pattern(start, other: true))
        var (i, j) = (start.i, start.j)
        while i < first.count, j < second.count {
            if first[i].flag == .none, second[j].flag == .none {
                if !first[i].matches(second[j]) { return false }
                i += 1
                j += 1
                continue
            }
            let isFirst = first[i].flag != .none
            let side: Side = isFirst == (start.first == .left) ? .left : .right
            let sides = isFirst ? Sides(first: side, i: i, j: j) : Sides(first: side, i: j, j: i)
            return repeats(sides)
        }
        return i == first.count && j == second.count
    }

    /// Whether the repeated token at `i` takes up tokens of the other pattern until the rests meet.
    private mutating func repeats(_ sides: Sides) -> Bool {
        let (repeated, other) = (pattern(sides), pattern(sides, other: true))
        let token = repeated[sides.i]
        let following = sides.i + 1
        if token.flag == .plus {
            if !token.matches(other[sides.j]) { return false }
            if takesUp(sides, from: sides.j + 1) { return true }
            // The other token, if it repeats, may take up this one.
            return other[sides.j].flag != .none && meets(Sides(first: sides.first, i: following, j: sides.j))
        }
        return takesUp(sides, from: sides.j)
    }

    /// Whether the repeated token at `i` can go on with the other pattern's tokens from `start`.
    private mutating func takesUp(_ sides: Sides, from start: Int) -> Bool {
        let (repeated, other) = (pattern(sides), pattern(sides, other: true))
        let token = repeated[sides.i]
        let following = sides.i + 1
        var j = start
        while j < other.count {
            if following < repeated.count, other[j].matches(repeated[following]),
                meets(Sides(first: sides.first, i: following, j: j))
            {
                return true
            }
            if !other[j].matches(token) { return false }
            j += 1
        }
        return following == repeated.count
    }
}
