/// Durations as Go writes them: `3s`, `500ms`, `1m30s`. The API server puts one into `?timeout=`.
package enum GoDuration {
    /// Nanoseconds; nil for text that is no duration, or a negative one.
    package static func nanoseconds(_ text: String) -> Int64? {
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
