#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Nanoseconds of a clock that never goes back, the one that budgets of evaluations use.
public enum MonotonicClock {
    public static func now() -> Int64 { nanoseconds(of: CLOCK_MONOTONIC) }
}

/// Nanoseconds that the calling thread has worked: while others have its processor they stand still.
enum ThreadClock {
    static func now() -> Int64 { nanoseconds(of: CLOCK_THREAD_CPUTIME_ID) }
}

/// Nanoseconds since 1970-01-01 UTC.
public enum WallClock {
    public static func now() -> Int64 { nanoseconds(of: CLOCK_REALTIME) }

    /// RFC 3339 in UTC, with milliseconds unless told: `2026-11-21T12:30:00.250Z`.
    public static func text(_ time: Int64, milliseconds: Bool = true) -> String {
        var seconds = time_t(time / 1_000_000_000), parts = tm()
        gmtime_r(&seconds, &parts)
        func digits(_ number: Int, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let date = "\(digits(Int(parts.tm_year) + 1900, 4))-\(digits(Int(parts.tm_mon) + 1, 2))-\(digits(Int(parts.tm_mday), 2))"
        let clock = "\(digits(Int(parts.tm_hour), 2)):\(digits(Int(parts.tm_min), 2)):\(digits(Int(parts.tm_sec), 2))"
        return "\(date)T\(clock)" + (milliseconds ? ".\(digits(Int(time / 1_000_000 % 1000), 3))" : "") + "Z"
    }
}

private func nanoseconds(of clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
