import CRE2
import Documents

/// A pattern compiled by RE2, or the reason why it cannot be.
final class RegexPattern {
    /// The largest number of bytes RE2 may use for one pattern's program and automata.
    private static let memoryLimit = 16 << 20

    let source: [UInt8]
    private let handle: OpaquePointer
    /// Go's text of the error; nil for a usable pattern.
    let problem: String?

    init(_ bytes: UTF8Bytes.Bytes) {
        source = Array(bytes)
        let spelling = GoRegexSyntax.forRE2(bytes)
        handle = spelling.pattern.withUnsafeBytes {
            cre2_compile($0.bindMemory(to: CChar.self).baseAddress, $0.count, Self.memoryLimit)
        }
        problem = spelling.problem ?? GoRegexSyntax.problem(of: handle, source: source)
    }

    deinit { cre2_free(handle) }

    var isEmpty: Bool { source.isEmpty }

    func isCompiled(from bytes: UTF8Bytes.Bytes) -> Bool {
        source.count == bytes.count && source.withUnsafeBufferPointer { UTF8Bytes.equal(bytes, at: 0, $0) }
    }

    /// Numbered groups without the whole match.
    var groupCount: Int { Int(cre2_group_count(handle)) }

    /// The number of the group called `name`, or nil.
    func group(named name: UTF8Bytes.Bytes) -> Int? {
        let number = name.withMemoryRebound(to: CChar.self) { cre2_group_number(handle, $0.baseAddress, $0.count) }
        return number < 0 ? nil : Int(number)
    }

    /// Whether the text has a match anywhere.
    func matches(_ text: UTF8Bytes.Bytes) -> Bool {
        text.withMemoryRebound(to: CChar.self) { cre2_matches(handle, $0.baseAddress, $0.count) }
    }

    /// Whether the text matches as a whole.
    func matchesFully(_ text: UTF8Bytes.Bytes) -> Bool {
        text.withMemoryRebound(to: CChar.self) { cre2_matches_fully(handle, $0.baseAddress, $0.count) }
    }

    /// The leftmost match at or after `start` as pairs of byte offsets; -1 for groups that took no part.
    func find(in text: UTF8Bytes.Bytes, from start: Int, groups: Int) -> [Int]? {
        var offsets = [Int](repeating: -1, count: 2 * (groups + 1))
        let isFound = text.withMemoryRebound(to: CChar.self) {
            cre2_find(handle, $0.baseAddress, $0.count, start, &offsets, Int32(groups + 1))
        }
        return isFound ? offsets : nil
    }

    /// Successive matches as Go's `FindAll` gives them: no empty match directly after another match.
    /// - Parameter limit: at most so many; negative for all.
    func findAll(
        in text: UTF8Bytes.Bytes, limit: Int, groups: Int, each: ([Int]) -> Bool
    ) {
        var (position, previousEnd, count) = (0, -1, 0)
        while limit < 0 || count < limit, position <= text.count,
            let match = find(in: text, from: position, groups: groups)
        {
            let (start, end) = (match[0], match[1])
            let isAccepted = end > position || start != previousEnd
            if end == position {
                position += position < text.count ? UTF8Bytes.width(text, at: position) : 1
            } else {
                position = end
            }
            previousEnd = end
            if !isAccepted { continue }
            if !each(match) { return }
            count += 1
        }
    }
}

/// The compiled patterns of one evaluation context: a fixed number of places chosen by the text's hash, so that it is
/// bounded however many patterns an evaluation makes up. Each pattern may stand in one of two places.
final class RegexCache {
    private static let places = 128
    private var patterns = [RegexPattern?](repeating: nil, count: places)

    subscript(text: Value) -> RegexPattern {
        let place = Int(text.hash32 % UInt32(Self.places))
        let bytes = text.utf8
        if let known = patterns[place], known.isCompiled(from: bytes) { return known }
        if let known = patterns[place ^ 1], known.isCompiled(from: bytes) { return known }
        let pattern = RegexPattern(bytes)
        patterns[place ^ 1] = patterns[place]
        patterns[place] = pattern
        return pattern
    }
}

extension BuiltinCall {
    /// The compiled pattern of a string operand, or nil after recording why there is none.
    mutating func pattern(_ index: Int) -> RegexPattern? {
        guard let text = stringOperand(index) else { return nil }
        return pattern(of: text)
    }

    /// The compiled pattern, or nil after recording why there is none.
    mutating func pattern(of text: Value) -> RegexPattern? {
        let pattern = context.regexes[text]
        guard let problem = pattern.problem else { return pattern }
        _ = fail("error parsing regexp: \(problem)")
        return nil
    }
}
