/// Times and durations as the formats of schemas have them.
enum TimeForms {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    static func isDate(_ text: some Collection<UInt8>) -> Bool {
        guard text.count == 10 else { return false }
        let whole = Array(text) + Array("T00:00:00Z".utf8)
        return whole.withUnsafeBufferPointer { TimeText.isRFC3339($0) }
    }

    /// A date, a `T` of any case, a time with any mark before its fraction, and `Z` or an offset.
    static func isDateTime(_ text: Bytes) -> Bool {
        let parts = text.split(maxSplits: 2, omittingEmptySubsequences: false) { $0 | 0x20 == 0x74 }
        guard parts.count >= 2, isDate(parts[0]) else { return false }
        let time = Array(parts[1])
        guard time.count >= 9, fits(time[0..<8], "00:00:00") else { return false }
        var rest = time[8...]
        if let mark = rest.first, !(mark | 0x20 == 0x7A && rest.count == 1) {
            let fraction = rest.dropFirst().prefix(while: NameRule.isDigit)
            let offset = rest.dropFirst(1 + fraction.count)
            // A sign that begins the offset is no mark before a fraction.
            if !fraction.isEmpty, offset.first != 0x3A { rest = offset }
        }
        if rest.count == 1 { return rest.first! | 0x20 == 0x7A && isInDay(time) }
        guard let sign = rest.first, sign == 0x2B || sign == 0x2D, fits(rest.dropFirst(), "00:00") else { return false }
        return isInDay(time)
    }

    /// Whether a text has digits and colons where the form has them.
    private static func fits(_ text: ArraySlice<UInt8>, _ form: StaticString) -> Bool {
        let form = UnsafeBufferPointer(start: form.utf8Start, count: form.utf8CodeUnitCount)
        return text.count == form.count && zip(text, form).allSatisfy { $1 == 0x30 ? NameRule.isDigit($0) : $0 == $1 }
    }

    private static func isInDay(_ time: [UInt8]) -> Bool {
        func number(_ index: Int) -> Int { Int(time[index] - 0x30) * 10 + Int(time[index + 1] - 0x30) }
        return number(0) <= 23 && number(3) <= 59 && number(6) <= 59
    }

    private static let units: [[String]] = [
        ["ns", "nano"], ["us", "µs", "micro"], ["ms", "milli"], ["s", "sec"], ["m", "min"], ["h", "hr", "hour"], ["d", "day"],
        ["w", "wk", "week"],
    ]

    /// Go's durations, and any text with a number before the word for a unit: `3 weeks`, `about 2 days`.
    static func isDuration(_ text: Bytes) -> Bool {
        if TimeText.isGoDuration(text) { return true }
        var hasUnit = false
        var rest = Array(String(decoding: text, as: UTF8.self).unicodeScalars)[...]
        while let start = rest.firstIndex(where: { (0x30...0x39).contains($0.value) }) {
            rest = rest[start...]
            let digits = rest.prefix { (0x30...0x39).contains($0.value) }
            rest = rest.dropFirst(digits.count).drop { $0.value < 0x80 && FormatRule.isBlank(UInt8($0.value)) }
            let word = rest.prefix { $0 == "µ" || $0.value < 0x80 && ($0.value | 0x20) &- 0x61 < 26 }
            rest = rest.dropFirst(word.count)
            if word.isEmpty { continue }
            if Int(String(String.UnicodeScalarView(digits))) == nil { return false }
            if isUnit(String(String.UnicodeScalarView(word)).lowercased()) { hasUnit = true }
        }
        return hasUnit
    }

    /// The last word of each unit may go on: `weeks`.
    private static func isUnit(_ word: String) -> Bool {
        units.contains { names in names.contains(word) || names.last.map { word.hasPrefix($0) } ?? false }
    }
}
