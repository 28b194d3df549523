/// Lengths of time as text.
package enum DurationText {
    private static let units: [(name: String, nanoseconds: Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
    ]

    /// Nanoseconds of a text such as `5s`, `1m30s`, `1.5h`, or of a number of seconds; nil for anything else.
    package static func nanoseconds(_ text: String) -> Int64? {
        if let seconds = Double(text) { return whole(seconds * 1e9) }
        var rest = text[...]
        var total = 0.0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let number = Double(digits), let scale = units.first(where: { $0.name == unit }) else { return nil }
            total += number * scale.nanoseconds
        }
        return whole(total)
    }

    private static func whole(_ nanoseconds: Double) -> Int64? {
        nanoseconds.isFinite && abs(nanoseconds) < 9e18 ? Int64(nanoseconds) : nil
    }
}
