import CRE2
import Synchronization
import Text

/// A pattern compiled by RE2, or the reason why it cannot be; many threads may match one at a time.
package final class RegexPattern: @unchecked Sendable {
    /// The largest number of bytes RE2 may use for one pattern's program and automata.
    private static let memoryLimit = 16 << 20

    package let source: [UInt8]
    private let handle: OpaquePointer
    /// Instructions of the program.
    private let size: Int
    /// Go's text of the error; nil for a usable pattern.
    package let problem: String?

    package init(_ bytes: UTF8Bytes.Bytes) {
        source = Array(bytes)
        let spelling = GoRegexSyntax.forRE2(bytes)
        handle = spelling.pattern.withUnsafeBytes {
            cre2_compile($0.bindMemory(to: CChar.self).baseAddress, $0.count, Self.memoryLimit)
        }
        size = cre2_program_size(handle)
        problem = spelling.problem ?? GoRegexSyntax.problem(of: handle, source: source)
    }

    deinit { cre2_free(handle) }

    /// The patterns of policies, which the contexts of all threads compile alike; no more than these are kept.
    private static let known = Mutex(Known())
    private static let longestKnown = 512

    /// A compiled pattern, which others may have too.
    package static func shared(_ bytes: UTF8Bytes.Bytes) -> RegexPattern {
        if bytes.count > longestKnown { return RegexPattern(bytes) }
        var hash = FNVHash()
        hash.add(bytes)
        let key = hash.value
        if let found = known.withLock({ $0.pattern(bytes, key) }) { return found }
        let made = RegexPattern(bytes)
        known.withLock { $0.add(made, key) }
        return made
    }

    /// Patterns by a hash of their text: each stands in its slot or in the next that was free.
    private struct Known {
        private static let most = 256
        private var slots = [RegexPattern?](repeating: nil, count: 512)
        private var count = 0

        private func slot(_ key: UInt64, _ isWanted: (RegexPattern) -> Bool) -> Int {
            var slot = Int(key % UInt64(slots.count))
            while let other = slots[slot], !isWanted(other) { slot = (slot + 1) % slots.count }
            return slot
        }

        func pattern(_ bytes: UTF8Bytes.Bytes, _ key: UInt64) -> RegexPattern? {
            slots[slot(key) { $0.isCompiled(from: bytes) }]
        }

        mutating func add(_ pattern: RegexPattern, _ key: UInt64) {
            if count == Self.most { return }
            count += 1
            slots[slot(key) { _ in false }] = pattern
        }
    }

    package var isEmpty: Bool { source.isEmpty }

    package func isCompiled(from bytes: UTF8Bytes.Bytes) -> Bool {
        source.count == bytes.count && source.withUnsafeBufferPointer { UTF8Bytes.equal(bytes, at: 0, $0) }
    }

    /// Numbered groups without the whole match.
    package var groupCount: Int { Int(cre2_group_count(handle)) }

    /// The number of the group called `name`, or nil.
    package func group(named name: UTF8Bytes.Bytes) -> Int? {
        let number = name.withMemoryRebound(to: CChar.self) { cre2_group_number(handle, $0.baseAddress, $0.count) }
        return number < 0 ? nil : Int(number)
    }

    /// Charges a search of `length` bytes: its work is between that of one look at each byte and that of one look for each
    /// instruction of the program. False when the evaluation must end.
    private func mayRun(_ length: Int) -> Bool {
        let (product, overflow) = length.multipliedReportingOverflow(by: size)
        return WorkMeter.charge(20 &+ length >> 4 &+ (overflow ? Int.max >> 24 : product >> 8))
    }

    /// Nanoseconds that a search of `length` bytes may take where the library has to follow all paths at once.
    package func longestTime(_ length: Int) -> Int64 { Int64(min(Double(length) * Double(size) * 3, 1e15)) }

    /// Charges what compiling took.
    package func chargeCompilation() { _ = WorkMeter.charge(100 &+ source.count &* 8 &+ size &* 8) }

    /// Whether the text has a match anywhere.
    package func matches(_ text: UTF8Bytes.Bytes) -> Bool {
        guard mayRun(text.count) else { return false }
        return text.withMemoryRebound(to: CChar.self) { cre2_matches(handle, $0.baseAddress, $0.count) }
    }

    /// Whether the text matches as a whole.
    package func matchesFully(_ text: UTF8Bytes.Bytes) -> Bool {
        guard mayRun(text.count) else { return false }
        return text.withMemoryRebound(to: CChar.self) { cre2_matches_fully(handle, $0.baseAddress, $0.count) }
    }

    /// The leftmost match at or after `start` as pairs of byte offsets; -1 for groups that took no part.
    package func find(in text: UTF8Bytes.Bytes, from start: Int, groups: Int) -> [Int]? {
        var offsets = [Int](repeating: -1, count: 2 * (groups + 1))
        var start = start
        while true {
            let isFound = text.withMemoryRebound(to: CChar.self) {
                cre2_find(handle, $0.baseAddress, $0.count, start, &offsets, Int32(groups + 1))
            }
            guard isFound else { return nil }
            // RE2 finds `\B` between the bytes of a character too, Go does not.
            let (first, last) = (offsets[0], offsets[1])
            guard first == last, UTF8Bytes.isInsideScalar(text, at: first) else { return offsets }
            start = first + 1
        }
    }

    /// Successive matches as Go's `FindAll` gives them: no empty match directly after another match.
    ///
    /// To know where a match ends may take a look at all that follows, for each match anew: in long texts the time counts
    /// that passes.
    /// - Parameters:
    ///   - limit: at most so many; negative for all.
    ///   - now: a clock in nanoseconds, for those who must end in time.
    package func findAll(
        in text: UTF8Bytes.Bytes, limit: Int, groups: Int, now: (() -> Int64)? = nil, each: ([Int]) -> Bool
    ) {
        guard mayRun(text.count) else { return }
        var (position, previousEnd, count) = (0, -1, 0)
        while limit < 0 || count < limit, position <= text.count {
            let isLong = (text.count - position) * size > 1 << 16
            let begin = isLong ? now?() ?? 0 : 0
            guard let match = find(in: text, from: position, groups: groups) else { return }
            let (start, end) = (match[0], match[1])
            let passed = isLong ? (now?() ?? begin) - begin : 0
            guard WorkMeter.charge(20 &+ 2 &* groups &+ Int(passed / 20)) else { return }
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
