import Text

/// How far a match may go on.
struct GlobSearch {
    private(set) var isStopped = false
    private var steps = 0

    /// Counts a look at `length` bytes; false when the search must end.
    mutating func step(_ length: Int) -> Bool {
        if isStopped { return false }
        let cost = 2 &+ length >> 3
        steps &+= cost
        if steps > 1 << 28 || !WorkMeter.charge(cost) { isStopped = true }
        return !isStopped
    }
}

/// One matcher of a compiled glob. Lengths count characters, offsets and lengths of found parts bytes.
indirect enum GlobMatcher {
    typealias Bytes = UTF8Bytes.Bytes

    struct Text {
        let bytes: [UInt8]
        let count: Int
        init(_ scalars: [Unicode.Scalar]) {
            bytes = scalars.flatMap { Array($0.utf8) }
            count = scalars.count
        }
    }

    case text(Text)
    case nothing
    case anything
    case any([Unicode.Scalar])
    case single([Unicode.Scalar])
    case list([Unicode.Scalar], isNegated: Bool)
    case range(ClosedRange<Unicode.Scalar>, isNegated: Bool)
    case atLeast(Int)
    case atMost(Int)
    case contains(Text, isNegated: Bool)
    case prefix(Text)
    case suffix(Text)
    case prefixSuffix(Text, Text)
    case prefixAny(Text, [Unicode.Scalar])
    case suffixAny(Text, [Unicode.Scalar])
    case row([GlobMatcher], length: Int)
    case anyOf([GlobMatcher])
    case everyOf([GlobMatcher])
    case tree(GlobMatcher, left: GlobMatcher?, right: GlobMatcher?)

    /// Characters of every text that matches, or -1.
    var length: Int {
        switch self {
        case .text(let text): return text.count
        case .nothing: return 0
        case .single, .list, .range: return 1
        case .row(_, let length): return length
        case .anyOf(let matchers):
            var known = -1
            for length in matchers.map(\.length) {
                // An unknown length in front is overlooked.
                if known == -1 { known = length } else if length != known { return -1 }
            }
            return known
        case .tree(let value, let left, let right):
            let parts = [value.length, left?.length ?? 0, right?.length ?? 0]
            return parts.contains(-1) ? -1 : parts.reduce(0, +)
        case .everyOf(let matchers): return matchers.isEmpty ? 0 : -1
        default: return -1
        }
    }

    /// Whether the whole text matches.
    func matches(_ text: Bytes, _ search: inout GlobSearch) -> Bool {
        guard search.step(text.count) else { return false }
        switch self {
        case .text(let own): return own.bytes.elementsEqual(text)
        case .nothing: return text.isEmpty
        case .anything: return true
        case .any(let delimiters): return Self.firstPlace(of: delimiters, in: text) == nil
        // The one character of an empty text is none of any list.
        case .single(let delimiters): return Self.one(text).map { !delimiters.contains($0) } ?? text.isEmpty
        case .list(let members, let isNegated):
            return Self.one(text).map { members.contains($0) != isNegated } ?? (text.isEmpty && isNegated)
        case .range(let range, let isNegated):
            return Self.one(text).map { range.contains($0) != isNegated }
                ?? (text.isEmpty && range.contains("\u{FFFD}") != isNegated)
        case .atLeast(let count): return UTF8Bytes.count(text) >= count
        case .atMost(let count): return UTF8Bytes.count(text) <= count
        case .contains(let own, let isNegated): return (own.find(in: text) >= 0) != isNegated
        case .prefix(let own): return text.starts(with: own.bytes)
        case .suffix(let own): return own.ends(text)
        case .prefixSuffix(let start, let end): return text.starts(with: start.bytes) && end.ends(text)
        case .prefixAny(let own, let delimiters):
            return text.starts(with: own.bytes)
                && Self.firstPlace(of: delimiters, in: Self.part(text, own.bytes.count..<text.count)) == nil
        case .suffixAny(let own, let delimiters):
            return own.ends(text)
                && Self.firstPlace(of: delimiters, in: Self.part(text, 0..<(text.count - own.bytes.count))) == nil
        case .row(let matchers, let length):
            return UTF8Bytes.count(text) == length && Self.rowMatches(matchers, text, &search)
        case .anyOf(let matchers): return matchers.contains { $0.matches(text, &search) }
        case .everyOf(let matchers): return matchers.allSatisfy { $0.matches(text, &search) }
        case .tree(let value, let left, let right): return treeMatches(value, left, right, text, &search)
        }
    }

    private func treeMatches(
        _ value: GlobMatcher, _ left: GlobMatcher?, _ right: GlobMatcher?, _ text: Bytes, _ search: inout GlobSearch
    ) -> Bool {
        let leftLength = left?.length ?? 0
        let rightLength = right?.length ?? 0
        if length > text.count { return false }
        var offset = max(leftLength, 0)
        let limit = rightLength >= 0 ? text.count - rightLength : text.count
        while offset < limit {
            guard search.step(0) else { return false }
            guard let found = value.find(in: Self.part(text, offset..<limit), &search) else { return false }
            let start = offset + found.index
            let before = Self.part(text, 0..<start)
            if left?.matches(before, &search) ?? before.isEmpty {
                for length in found.lengths.reversed() {
                    let rest = Self.part(text, min(start + length, text.count)..<text.count)
                    if right?.matches(rest, &search) ?? rest.isEmpty { return true }
                }
            }
            var next = start
            if next < text.count { _ = UTF8Bytes.scalar(text, at: &next) } else { next += 1 }
            offset = next
        }
        return false
    }

    /// Each matcher in turn; the last character of what one matches counts one byte.
    private static func rowMatches(_ matchers: [GlobMatcher], _ text: Bytes, _ search: inout GlobSearch) -> Bool {
        var place = 0
        for matcher in matchers {
            guard search.step(0) else { return false }
            let length = matcher.length
            var last = place
            var count = 0
            var next = place
            while next < text.count {
                last = next
                _ = UTF8Bytes.scalar(text, at: &next)
                count += 1
                if count == length { break }
            }
            guard count >= length, last + 1 <= text.count || length == 0 else { return false }
            let end = min(last + 1, text.count)
            guard matcher.matches(part(text, place..<end), &search) else { return false }
            place = end
        }
        return true
    }
}

extension GlobMatcher {
    /// Where a text that matches begins first, and how long those that begin there are; nil when none does.
    func find(in text: Bytes, _ search: inout GlobSearch) -> (index: Int, lengths: [Int])? {
        // What begins here may end anywhere behind: a list of places.
        guard search.step(text.count &* 4) else { return nil }
        switch self {
        case .text(let own):
            let index = own.find(in: text)
            return index < 0 ? nil : (index, [own.bytes.count])
        case .nothing: return (0, [0])
        case .anything: return (0, Self.starts(text) + [text.count])
        case .any(let delimiters):
            let stop = Self.firstPlace(of: delimiters, in: text) ?? text.count
            return stop == 0 ? (0, [0]) : (0, Self.starts(Self.part(text, 0..<stop)) + [stop])
        case .single(let delimiters): return Self.first(text) { !delimiters.contains($0) }
        case .list(let members, let isNegated): return Self.first(text) { members.contains($0) != isNegated }
        case .range(let range, let isNegated): return Self.first(text) { range.contains($0) != isNegated }
        case .atLeast(let count):
            guard text.count - count + 1 > 0 else { return nil }
            let ends = Array(Self.ends(text).dropFirst(max(count - 1, 0)))
            return ends.isEmpty ? nil : (0, ends)
        case .atMost(let count): return (0, [0] + Self.ends(text).prefix(count))
        case .contains(let own, let isNegated): return Self.find(own, isNegated, in: text)
        case .prefix(let own):
            let index = own.find(in: text)
            let count = own.bytes.count
            return index < 0
                ? nil : (index, [count] + Self.ends(Self.part(text, (index + count)..<text.count)).map { $0 + count })
        case .suffix(let own):
            let index = own.find(in: text)
            return index < 0 ? nil : (0, [index + own.bytes.count])
        case .prefixSuffix(let start, let end): return Self.find(start, end, in: text)
        case .prefixAny(let own, let delimiters):
            let index = own.find(in: text)
            let count = own.bytes.count
            guard index >= 0 else { return nil }
            let rest = Self.part(text, (index + count)..<text.count)
            let stop = Self.firstPlace(of: delimiters, in: rest) ?? rest.count
            return (index, [count] + Self.ends(Self.part(rest, 0..<stop)).map { $0 + count })
        case .suffixAny(let own, let delimiters):
            let index = own.find(in: text)
            guard index >= 0 else { return nil }
            let start = Self.lastPlace(of: delimiters, in: Self.part(text, 0..<index)).map { $0 + 1 } ?? 0
            return (start, [index + own.bytes.count - start])
        case .row(let matchers, let length):
            for start in Self.starts(text) where text.count - start >= length {
                if Self.rowMatches(matchers, Self.part(text, start..<text.count), &search) { return (start, [length]) }
            }
            return nil
        case .anyOf(let matchers): return Self.find(anyOf: matchers, in: text, &search)
        case .everyOf(let matchers): return Self.find(everyOf: matchers, in: text, &search)
        case .tree: return nil
        }
    }

    private static func find(_ own: Text, _ isNegated: Bool, in text: Bytes) -> (index: Int, lengths: [Int])? {
        let index = own.find(in: text)
        if isNegated {
            let rest = part(text, 0..<(index < 0 ? text.count : index))
            return (0, starts(rest) + [rest.count])
        }
        guard index >= 0 else { return nil }
        let offset = index + own.bytes.count
        if text.count <= offset { return (0, [offset]) }
        let rest = part(text, offset..<text.count)
        return (0, starts(rest).map { $0 + offset } + [offset + rest.count])
    }

    private static func find(_ start: Text, _ end: Text, in text: Bytes) -> (index: Int, lengths: [Int])? {
        let index = start.find(in: text)
        guard index >= 0 else { return nil }
        var lengths: [Int] = []
        var rest = part(text, index..<text.count)
        while true {
            let last = end.findLast(in: rest)
            if last < 0 { break }
            lengths.insert(last + end.bytes.count, at: 0)
            rest = part(text, 0..<last)
        }
        return lengths.isEmpty ? nil : (index, lengths)
    }

    private static func find(
        anyOf matchers: [GlobMatcher], in text: Bytes, _ search: inout GlobSearch
    ) -> (index: Int, lengths: [Int])? {
        var best: (index: Int, lengths: [Int])?
        for matcher in matchers {
            guard let found = matcher.find(in: text, &search) else { continue }
            if let known = best, known.index <= found.index {
                if known.index == found.index {
                    best = (known.index, Set(known.lengths + found.lengths).sorted())
                }
            } else {
                best = found
            }
        }
        return best
    }

    private static func find(
        everyOf matchers: [GlobMatcher], in text: Bytes, _ search: inout GlobSearch
    ) -> (index: Int, lengths: [Int])? {
        var index = 0
        var offset = 0
        var current: [Int] = []
        var rest = text
        for (number, matcher) in matchers.enumerated() {
            guard let found = matcher.find(in: rest, &search) else { return nil }
            if number == 0 {
                current = found.lengths
            } else {
                let delta = index - (found.index + offset)
                current = current.flatMap { length in found.lengths.filter { length + delta == $0 } }
                if current.isEmpty { return nil }
            }
            index = found.index + offset
            rest = part(text, min(index, text.count)..<text.count)
            offset += found.index
        }
        return (index, current)
    }

    // MARK: Characters

    fileprivate static func part(_ text: Bytes, _ range: Range<Int>) -> Bytes { Bytes(rebasing: text[range]) }

    /// The only character of a text; nil when there is none or more than one.
    fileprivate static func one(_ text: Bytes) -> Unicode.Scalar? {
        guard !text.isEmpty else { return nil }
        var index = 0
        let scalar = UTF8Bytes.scalar(text, at: &index)
        return index == text.count ? scalar : nil
    }

    /// Where each character begins.
    private static func starts(_ text: Bytes) -> [Int] { text.indices.filter { text[$0] & 0xC0 != 0x80 } }

    /// Where each character ends.
    private static func ends(_ text: Bytes) -> [Int] { starts(text).dropFirst() + (text.isEmpty ? [] : [text.count]) }

    private static func first(_ text: Bytes, where fits: (Unicode.Scalar) -> Bool) -> (index: Int, lengths: [Int])? {
        var index = 0
        while index < text.count {
            let start = index
            if fits(UTF8Bytes.scalar(text, at: &index)) { return (start, [index - start]) }
        }
        return nil
    }

    fileprivate static func firstPlace(of scalars: [Unicode.Scalar], in text: Bytes) -> Int? {
        first(text) { scalars.contains($0) }?.index
    }

    private static func lastPlace(of scalars: [Unicode.Scalar], in text: Bytes) -> Int? {
        var end = text.count
        while end > 0 {
            if scalars.contains(UTF8Bytes.scalar(text, before: &end)) { return end }
        }
        return nil
    }
}

extension GlobMatcher.Text {
    fileprivate func find(in text: UTF8Bytes.Bytes) -> Int {
        bytes.withUnsafeBufferPointer { UTF8Bytes.find($0, in: text) }
    }

    fileprivate func findLast(in text: UTF8Bytes.Bytes) -> Int {
        var start = text.count - bytes.count
        while start >= 0 {
            if text[start..<(start + bytes.count)].elementsEqual(bytes) { return start }
            start -= 1
        }
        return -1
    }

    fileprivate func ends(_ text: UTF8Bytes.Bytes) -> Bool {
        text.count >= bytes.count && text[(text.count - bytes.count)...].elementsEqual(bytes)
    }
}
