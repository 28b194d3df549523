#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Nanoseconds of a clock that never goes back, the one that budgets of evaluations use.
public enum MonotonicClock {
    public static func now() -> Int64 { nanoseconds(of: CLOCK_MONOTONIC) }
}

/// Nanoseconds since 1970-01-01 UTC.
public enum WallClock {
    public static func now() -> Int64 { nanoseconds(of: CLOCK_REALTIME) }

    /// RFC 3339 in UTC with milliseconds: `2026-11-21T12:30:00.250Z`.
    public static func text(_ time: Int64) -> String {
        var seconds = time_t(time / 1_000_000_000), parts = tm()
        gmtime_r(&seconds, &parts)
        func digits(_ number: Int, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let date = "\(digits(Int(parts.tm_year) + 1900, 4))-\(digits(Int(parts.tm_mon) + 1, 2))-\(digits(Int(parts.tm_mday), 2))"
        let clock = "\(digits(Int(parts.tm_hour), 2)):\(digits(Int(parts.tm_min), 2)):\(digits(Int(parts.tm_sec), 2))"
        return "\(date)T\(clock).\(digits(Int(time / 1_000_000 % 1000), 3))Z"
    }
}

private func nanoseconds(of clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// Durations as Go writes them: `3s`, `500ms`, `1m30s`. The API server puts one into `?timeout=`.
public enum GoDuration {
    /// Nanoseconds; nil for text that is no duration, or a negative one.
    public static func nanoseconds(_ text: String) -> Int64? {
        var rest = Substring(text)
        if rest == "0" { return 0 }
        var total = 0.0, count = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let number = Double(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            guard let unit = units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
            rest = rest.dropFirst(unit.name.count)
            total += number * unit.scale
            count += 1
        }
        return count > 0 && total < 9e18 ? Int64(total) : nil
    }

    /// Longer names first: `ms` is no `m`.
    private static let units: [(name: String, scale: Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
    ]
}
