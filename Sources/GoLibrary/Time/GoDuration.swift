/// Durations as Go's `time` package reads and writes them: `1h15m30.918s`.
package enum GoDuration {
    package struct Problem: Error {
        package var message: String
    }

    private static let units: [[UInt8]: UInt64] = [
        Array("ns".utf8): 1, Array("us".utf8): 1_000, Array("µs".utf8): 1_000, Array("μs".utf8): 1_000,
        Array("ms".utf8): 1_000_000, Array("s".utf8): 1_000_000_000, Array("m".utf8): 60_000_000_000,
        Array("h".utf8): 3_600_000_000_000,
    ]
    /// Hours of the units that OPA has and Go has not.
    private static let longUnits: [[UInt8]: Double] = [
        Array("d".utf8): 24, Array("w".utf8): 168, Array("y".utf8): 8760,
    ]

    /// The number of nanoseconds.
    /// - Parameter takesDays: whether there are also days, weeks and years (`d`, `w`, `y`), as in OPA but not in Go.
    /// - Throws: `Problem` in Go's words.
    package static func parse(_ text: String, takesDays: Bool = true) throws(Problem) -> Int64 {
        // OPA takes the long units off first, has few words for what is left, and quotes in another way.
        let hasDays = takesDays && longUnits.keys.contains { text.utf8.contains($0[0]) }
        let shown = hasDays ? GoText.quoted(text) : GoText.timeQuoted(text.utf8)
        let invalid = Problem(message: "time: invalid duration \(shown)")
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.elementsEqual("0".utf8) { return 0 }
        if rest.isEmpty { throw invalid }
        if hasDays { rest = try inHours(rest, invalid)[...] }
        var total: UInt64 = 0
        while !rest.isEmpty {
            let amount = try takeAmount(&rest, invalid)
            let unitText = Array(rest.prefix { $0 != UInt8(ascii: ".") && !isDigit($0) })
            rest = rest.dropFirst(unitText.count)
            if unitText.isEmpty { throw Problem(message: "time: missing unit in duration \(shown)") }
            guard let unit = units[unitText] else {
                throw Problem(message: "time: unknown unit \(GoText.timeQuoted(unitText)) in duration \(shown)")
            }
            let (whole, overflow) = amount.whole.multipliedReportingOverflow(by: unit)
            let part = UInt64(Double(amount.fraction) * (Double(unit) / amount.scale))
            guard !overflow, whole <= 1 << 63, total + whole + part <= 1 << 63 else { throw invalid }
            total += whole + part
        }
        if isNegative { return Int64(truncatingIfNeeded: 0 &- total) }
        if total > UInt64(Int64.max) { throw invalid }
        return Int64(total)
    }

    /// The duration with its days, weeks and years written as hours, as OPA hands it to Go: an amount is the double that it is
    /// near to. Units are those of Go or one small letter.
    private static func inHours(_ text: ArraySlice<UInt8>, _ invalid: Problem) throws(Problem) -> [UInt8] {
        var rest = text, hours: [UInt8] = []
        while !rest.isEmpty {
            let amount = rest.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
            rest = rest.dropFirst(amount.count)
            guard !amount.isEmpty, let unit = units.keys.filter({ $0.count > 1 && rest.starts(with: $0) }).first ?? letter(rest)
            else {
                throw invalid
            }
            rest = rest.dropFirst(unit.count)
            guard let count = longUnits[unit] else {
                hours += amount + unit
                continue
            }
            let digits = "0" + String(decoding: amount, as: UTF8.self) + (amount.contains(UInt8(ascii: ".")) ? "0" : "")
            guard let value = Double(digits), value * count < .infinity, amount.contains(where: isDigit) else { throw invalid }
            hours += Array(FloatText.decimal(value * count).utf8) + [UInt8(ascii: "h")]
        }
        return hours
    }

    /// The small letter that a text begins with, as a unit.
    private static func letter(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard let first = text.first, first &- 0x61 < 26 else { return nil }
        return [first]
    }

    /// The number of nanoseconds; nil for text that is no duration, or a negative one.
    package static func nanoseconds(_ text: String) -> Int64? {
        (try? parse(text)).flatMap { $0 >= 0 ? $0 : nil }
    }

    /// `Duration.String`.
    package static func text(_ nanoseconds: Int64) -> String {
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

    private static func takeAmount(
        _ rest: inout ArraySlice<UInt8>, _ invalid: Problem
    ) throws(Problem) -> (whole: UInt64, fraction: UInt64, scale: Double) {
        let wholeDigits = rest.prefix(while: isDigit)
        rest = rest.dropFirst(wholeDigits.count)
        var fraction: UInt64 = 0, scale = 1.0, fractionDigits = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix(while: isDigit)
            fractionDigits = digits.count
            rest = rest.dropFirst(1 + fractionDigits)
            for digit in digits where fraction <= (1 << 63) / 10 {
                fraction = fraction * 10 + UInt64(digit - 0x30)
                scale *= 10
            }
        }
        if wholeDigits.isEmpty, fractionDigits == 0 { throw invalid }
        var whole: UInt64 = 0
        for digit in wholeDigits {
            if whole > (1 << 63) / 10 { throw invalid }
            whole = whole * 10 + UInt64(digit - 0x30)
        }
        return (whole, fraction, scale)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
