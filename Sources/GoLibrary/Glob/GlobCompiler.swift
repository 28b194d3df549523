import Text

/// A part of a glob as it was read.
indirect enum GlobStep: Equatable {
    case text([Unicode.Scalar])
    case any
    case anything
    case single
    case list([Unicode.Scalar], isNegated: Bool)
    case range(ClosedRange<Unicode.Scalar>, isNegated: Bool)
    case alternatives([GlobStep])
    case pattern([GlobStep])
    case nothing

    fileprivate var children: [GlobStep] {
        switch self {
        case .pattern(let steps), .alternatives(let steps): steps
        default: []
        }
    }
}

/// Turns the parts of a glob into a matcher: which matchers a run of parts is joined to decides some answers, so the
/// joining follows the library's.
struct GlobCompiler {
    let delimiters: [Unicode.Scalar]

    func matcher(of step: GlobStep) -> GlobMatcher {
        switch step {
        case .alternatives(let branches):
            if let factored = Self.factored(branches) { return matcher(of: factored) }
            return Self.optimized(.anyOf(branches.map { Self.optimized(matcher(of: $0)) }))
        case .pattern(let steps):
            if steps.isEmpty { return .nothing }
            return Self.optimized(Self.joined(Self.glued(steps.map { Self.optimized(matcher(of: $0)) })[...]))
        case .any: return Self.optimized(.any(delimiters))
        case .anything: return .anything
        case .single: return .single(delimiters)
        case .nothing: return .nothing
        case .list(let members, let isNegated): return Self.optimized(.list(members, isNegated: isNegated))
        case .range(let range, let isNegated): return .range(range, isNegated: isNegated)
        case .text(let scalars): return .text(GlobMatcher.Text(scalars))
        }
    }

    // MARK: Alternatives

    /// Alternatives with what they begin and end with in common taken out; nil when that is nothing.
    private static func factored(_ branches: [GlobStep]) -> GlobStep? {
        let (left, right) = common(branches.map(\.children))
        if left.isEmpty, right.isEmpty { return nil }
        var result: [GlobStep] = left.isEmpty ? [] : [.pattern(left)]
        var rest: [GlobStep] = []
        for branch in branches {
            let own = Array(branch.children.dropFirst(left.count).dropLast(right.count))
            let step: GlobStep = own.isEmpty ? .nothing : .pattern(own)
            if !rest.contains(step) { rest.append(step) }
        }
        if rest.count == 1, rest[0] != .nothing { result.append(rest[0]) }
        if rest.count > 1 { result.append(.alternatives(rest)) }
        if !right.isEmpty { result.append(.pattern(right)) }
        return .pattern(result)
    }

    private static func common(_ branches: [[GlobStep]]) -> (left: [GlobStep], right: [GlobStep]) {
        guard branches.count > 1 else { return ([], []) }
        var shortest = 0
        for index in branches.indices where branches[index].count < branches[shortest].count { shortest = index }
        let steps = branches[shortest]
        var left: [GlobStep] = []
        var right: [GlobStep] = []
        var isLeftDone = false
        var isRightDone = false
        var i = 0
        var j = steps.count - 1
        while left.count + right.count < steps.count, j >= 0, !(isLeftDone && isRightDone) {
            for (index, other) in branches.enumerated() where index != shortest {
                isLeftDone = isLeftDone || steps[i] != other[i]
                // Nothing is taken from both ends.
                isRightDone = isRightDone || (!isLeftDone && j <= i) || steps[j] != other[j + other.count - steps.count]
                if isLeftDone, isRightDone { break }
            }
            if !isLeftDone { left.append(steps[i]) }
            if !isRightDone { right.insert(steps[j], at: 0) }
            (i, j) = (i + 1, j - 1)
        }
        return (left, right)
    }

    // MARK: Sequences

    /// The longest run that one matcher can stand for is replaced by it, as long as that makes the sequence shorter.
    private static func glued(_ matchers: [GlobMatcher]) -> [GlobMatcher] {
        var done: (matcher: GlobMatcher, range: Range<Int>)?
        for start in matchers.indices {
            for end in stride(from: matchers.count, to: start, by: -1) {
                guard WorkMeter.charge(end - start) else { return matchers }
                guard let matcher = glue(matchers[start..<end]) else { continue }
                if let known = done {
                    let (old, new) = (known.matcher.length, matcher.length)
                    guard known.range.count < end - start || (old > -1 && new > -1 && new > old) else { continue }
                }
                done = (matcher, start..<end)
            }
        }
        guard let done else { return matchers }
        let next = Array(matchers[..<done.range.lowerBound]) + [done.matcher] + matchers[done.range.upperBound...]
        return next.count == matchers.count ? next : glued(next)
    }

    private static func glue(_ matchers: ArraySlice<GlobMatcher>) -> GlobMatcher? {
        guard matchers.count > 1 else { return nil }
        if let every = every(matchers) { return every }
        guard matchers.allSatisfy({ $0.length != -1 }) else { return nil }
        return .row(Array(matchers), length: matchers.reduce(0) { $0 + $1.length })
    }

    /// Wildcards that stop at the same characters count how many there are at least or at most.
    private static func every(_ matchers: ArraySlice<GlobMatcher>) -> GlobMatcher? {
        var hasAny = false
        var hasAnything = false
        var minimum = 0
        var separator: [Unicode.Scalar]?
        for matcher in matchers {
            let own: [Unicode.Scalar]
            switch matcher {
            case .anything: (own, hasAnything) = ([], true)
            case .any(let delimiters): (own, hasAny) = (delimiters, true)
            case .single(let delimiters): (own, minimum) = (delimiters, minimum + 1)
            case .list(let members, isNegated: true): (own, minimum) = (members, minimum + 1)
            default: return nil
            }
            if separator == nil { separator = own }
            if separator != own { return nil }
        }
        let stops = separator ?? []
        if minimum == 0 {
            if hasAnything, !hasAny { return .anything }
            if hasAny, !hasAnything { return .any(stops) }
        }
        if hasAny || hasAnything, minimum > 0, stops.isEmpty { return .atLeast(minimum) }
        var parts: [GlobMatcher] = []
        if minimum > 0 {
            parts.append(.atLeast(minimum))
            if !hasAny, !hasAnything { parts.append(.atMost(minimum)) }
        }
        if !stops.isEmpty { parts.append(.contains(GlobMatcher.Text(stops), isNegated: true)) }
        return .everyOf(parts)
    }

    /// A tree around the last of the longest matchers whose length is known.
    private static func joined(_ matchers: ArraySlice<GlobMatcher>) -> GlobMatcher {
        guard let first = matchers.first else { return .nothing }
        if matchers.count == 1 { return first }
        if let matcher = glue(matchers) { return matcher }
        var place = -1
        var longest = -1
        for index in matchers.indices where matchers[index].length != -1 && matchers[index].length >= longest {
            (place, longest) = (index, matchers[index].length)
        }
        if place < 0 { return .tree(first, left: nil, right: joined(matchers.dropFirst())) }
        let left = matchers[..<place]
        let right = matchers[(place + 1)...]
        return .tree(
            matchers[place], left: left.isEmpty ? nil : joined(left), right: right.isEmpty ? nil : joined(right))
    }

    /// A simpler matcher for the same, or nearly.
    private static func optimized(_ matcher: GlobMatcher) -> GlobMatcher {
        switch matcher {
        case .any(let delimiters) where delimiters.isEmpty: return .anything
        case .anyOf(let matchers) where matchers.count == 1: return matchers[0]
        case .list(let members, isNegated: false) where members.count == 1: return .text(GlobMatcher.Text(members))
        case .tree(let value, let left, let right):
            let left = left.map(optimized)
            let right = right.map(optimized)
            guard case .text(let text) = value else { return .tree(value, left: left, right: right) }
            switch (left, right) {
            case (nil, nil): return value
            case (.anything, .anything): return .contains(text, isNegated: false)
            case (.anything, nil): return .suffix(text)
            case (nil, .anything): return .prefix(text)
            case (nil, .suffix(let end)): return .prefixSuffix(text, end)
            case (.prefix(let start), nil): return .prefixSuffix(start, text)
            case (.any(let delimiters), nil): return .suffixAny(text, delimiters)
            case (nil, .any(let delimiters)): return .prefixAny(text, delimiters)
            default: return .tree(value, left: left, right: right)
            }
        default: return matcher
        }
    }
}
