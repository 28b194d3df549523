import GoTemplate

/// Durations as Go's `time.Duration` reads and writes them.
enum GoDurationText {
    private static let units: [(name: String, size: UInt64)] = [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// `time.ParseDuration`.
    static func parse(_ text: String) throws -> Int64 {
        let invalid = FunctionFailure("time: invalid duration \(GoText.quoted(text))")
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.elementsEqual("0".utf8) { return 0 }
        if rest.isEmpty { throw invalid }
        var total: UInt64 = 0
        while !rest.isEmpty {
            let whole = rest.prefix { $0 &- 0x30 <= 9 }
            rest = rest.dropFirst(whole.count)
            var fraction = ArraySlice<UInt8>()
            if rest.first == UInt8(ascii: ".") {
                fraction = rest.dropFirst().prefix { $0 &- 0x30 <= 9 }
                rest = rest.dropFirst(1 + fraction.count)
            }
            if whole.isEmpty, fraction.isEmpty { throw invalid }
            let name = String(decoding: rest.prefix { $0 != 0x2E && !($0 &- 0x30 <= 9) }, as: UTF8.self)
            rest = rest.dropFirst(name.utf8.count)
            if name.isEmpty { throw FunctionFailure("time: missing unit in duration \(GoText.quoted(text))") }
            guard let unit = units.first(where: { $0.name == name })?.size else {
                throw FunctionFailure("time: unknown unit \(GoText.quoted(name)) in duration \(GoText.quoted(text))")
            }
            guard let count = whole.isEmpty ? 0 : UInt64(String(decoding: whole, as: UTF8.self)) else { throw invalid }
            let (product, overflow) = count.multipliedReportingOverflow(by: unit)
            let part =
                fraction.isEmpty ? 0 : (Double("0." + String(decoding: fraction, as: UTF8.self)) ?? 0) * Double(unit)
            guard !overflow, product <= 1 << 63, total + product + UInt64(part) <= 1 << 63 else { throw invalid }
            total += product + UInt64(part)
        }
        if isNegative { return Int64(truncatingIfNeeded: 0 &- total) }
        if total > UInt64(Int64.max) { throw invalid }
        return Int64(total)
    }

    /// `Duration.String`.
    static func text(_ nanoseconds: Int64) -> String {
        if nanoseconds == 0 { return "0s" }
        let sign = nanoseconds < 0 ? "-" : ""
        let magnitude = nanoseconds.magnitude
        if magnitude < 1_000_000_000 {
            let (name, size): (String, UInt64) =
                magnitude < 1_000 ? ("ns", 1) : magnitude < 1_000_000 ? ("µs", 1_000) : ("ms", 1_000_000)
            return sign + fraction(magnitude, size) + name
        }
        let seconds = magnitude / 1_000_000_000
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        let rest = fraction(magnitude % 60_000_000_000, 1_000_000_000) + "s"
        if hours > 0 { return "\(sign)\(hours)h\(minutes)m\(rest)" }
        return minutes > 0 ? "\(sign)\(minutes)m\(rest)" : sign + rest
    }

    private static func fraction(_ value: UInt64, _ unit: UInt64) -> String {
        var digits = String(value % unit + unit).dropFirst()
        while digits.hasSuffix("0") { digits.removeLast() }
        return unit == 1 || digits.isEmpty ? String(value / unit) : "\(value / unit).\(digits)"
    }

    /// The largest unit that counts at least one (sprig's `durationRound`).
    static func rounded(_ nanoseconds: Int64) -> String {
        let magnitude = nanoseconds.magnitude
        let second: UInt64 = 1_000_000_000
        let steps: [(String, UInt64)] = [
            ("y", 365 * 24 * 3600), ("mo", 30 * 24 * 3600), ("d", 24 * 3600), ("h", 3600), ("m", 60), ("s", 1),
        ]
        for (name, size) in steps where magnitude > size * second { return "\(magnitude / (size * second))\(name)" }
        return "0s"
    }
}
