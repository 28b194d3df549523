/// When a time zone had which offset from UTC: the transitions of a TZif file (RFC 9636) and the rule after the last.
package struct TimeZoneRules: Sendable {
    /// An offset in force.
    package struct Local: Sendable, Equatable {
        /// Seconds east of UTC.
        package var offset: Int
        /// The abbreviation, such as `CEST`.
        var name: String
        var isDaylight = false
    }

    package static let utc = TimeZoneRules(kinds: [Local(offset: 0, name: "UTC")])

    private var kinds: [Local]
    private var transitions: [(time: Int, kind: Int)] = []
    private var rule: PosixTimeZone?

    private init(kinds: [Local]) { self.kinds = kinds }

    /// What is in force at an instant.
    package func local(at seconds: Int) -> Local {
        guard let first = transitions.first, seconds >= first.time else {
            return rule.flatMap { transitions.isEmpty ? $0.local(at: seconds) : nil } ?? initial
        }
        if let rule, let last = transitions.last, seconds >= last.time { return rule.local(at: seconds) }
        var low = 0, high = transitions.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if transitions[middle].time <= seconds { low = middle } else { high = middle }
        }
        return kinds[transitions[low].kind]
    }

    /// The offset of the abbreviation `name`; preferring the one in force at `seconds` local time.
    package func offset(named name: String, near seconds: Int) -> Int? {
        for kind in kinds where kind.name == name && local(at: seconds - kind.offset).name == name {
            return kind.offset
        }
        return kinds.first { $0.name == name }?.offset
    }

    /// What was in force before the first transition.
    private var initial: Local { kinds.first { !$0.isDaylight } ?? kinds[0] }

    // MARK: Reading

    /// The zone that TZif bytes describe; nil if they are damaged.
    package init?(tzif bytes: [UInt8]) {
        guard let header = Header(bytes[...]) else { return nil }
        var block = bytes.dropFirst(Header.size)
        var timeSize = 4
        var current = header
        if header.version >= 2 {
            block = block.dropFirst(header.blockSize(timeSize: 4))
            guard let second = Header(block) else { return nil }
            block = block.dropFirst(Header.size)
            (current, timeSize) = (second, 8)
        }
        let size = current.blockSize(timeSize: timeSize)
        guard block.count >= size, current.kinds > 0 else { return nil }
        let footer = block.dropFirst(size)

        func take(_ count: Int) -> ArraySlice<UInt8> {
            defer { block = block.dropFirst(count) }
            return block.prefix(count)
        }
        let times = take(current.transitions * timeSize)
        let indexes = Array(take(current.transitions))
        let kindBytes = Array(take(current.kinds * 6))
        let names = Array(take(current.names))

        kinds = (0..<current.kinds).map { index in
            let record = kindBytes[(index * 6)..<(index * 6 + 6)]
            let name = names.dropFirst(Int(record[record.startIndex + 5])).prefix { $0 != 0 }
            return Local(
                offset: Self.signed(record.prefix(4)), name: String(decoding: name, as: UTF8.self),
                isDaylight: record[record.startIndex + 4] != 0)
        }
        guard indexes.allSatisfy({ $0 < current.kinds }) else { return nil }
        transitions = indexes.enumerated().map { index, kind in
            (Self.signed(times.dropFirst(index * timeSize).prefix(timeSize)), Int(kind))
        }
        if timeSize == 8, footer.first == 0x0A {
            rule = PosixTimeZone(Array(footer.dropFirst().prefix { $0 != 0x0A }))
        }
    }

    private static func signed(_ bytes: ArraySlice<UInt8>) -> Int {
        let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return bytes.count == 4 ? Int(Int32(truncatingIfNeeded: bits)) : Int(truncatingIfNeeded: bits)
    }

    private struct Header {
        static let size = 44
        var version: Int
        var utcFlags, standardFlags, leapSeconds, transitions, kinds, names: Int

        init?(_ bytes: ArraySlice<UInt8>) {
            guard bytes.count >= Self.size, bytes.starts(with: "TZif".utf8) else { return nil }
            let digit = bytes[bytes.startIndex + 4]
            version = digit >= 0x32 ? Int(digit - 0x30) : 1
            let counts = (0..<6).map { index in
                bytes.dropFirst(20 + 4 * index).prefix(4).reduce(0) { $0 << 8 | Int($1) }
            }
            guard counts.allSatisfy({ $0 < 1 << 16 }) else { return nil }
            (utcFlags, standardFlags, leapSeconds) = (counts[0], counts[1], counts[2])
            (transitions, kinds, names) = (counts[3], counts[4], counts[5])
        }

        func blockSize(timeSize: Int) -> Int {
            transitions * (timeSize + 1) + kinds * 6 + names + leapSeconds * (timeSize + 4) + standardFlags + utcFlags
        }
    }
}
