/// Durations as Go's `time.ParseDuration` reads them: `1h15m30.918s`.
package enum GoDuration {
    package struct Problem: Error {
        package var message: String
    }

    private static let units: [[UInt8]: UInt64] = [
        Array("ns".utf8): 1, Array("us".utf8): 1_000, Array("µs".utf8): 1_000, Array("μs".utf8): 1_000,
        Array("ms".utf8): 1_000_000, Array("s".utf8): 1_000_000_000, Array("m".utf8): 60_000_000_000,
        Array("h".utf8): 3_600_000_000_000, Array("d".utf8): 86_400_000_000_000, Array("w".utf8): 604_800_000_000_000,
        Array("y".utf8): 31_536_000_000_000_000,
    ]

    /// The number of nanoseconds.
    package static func parse(_ text: String) throws(Problem) -> Int64 {
        let invalid = Problem(message: "time: invalid duration \(goQuoted(text))")
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.elementsEqual("0".utf8) { return 0 }
        if rest.isEmpty { throw invalid }
        var total: UInt64 = 0
        while !rest.isEmpty {
            let amount = try takeAmount(&rest, invalid)
            let unitText = Array(rest.prefix { $0 != UInt8(ascii: ".") && !isDigit($0) })
            rest = rest.dropFirst(unitText.count)
            if unitText.isEmpty { throw Problem(message: "time: missing unit in duration \(goQuoted(text))") }
            guard let unit = units[unitText] else {
                throw Problem(message: "time: unknown unit \(goQuoted(unitText)) in duration \(goQuoted(text))")
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

    /// The number of nanoseconds; nil for text that is no duration, or a negative one.
    package static func nanoseconds(_ text: String) -> Int64? {
        (try? parse(text)).flatMap { $0 >= 0 ? $0 : nil }
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
