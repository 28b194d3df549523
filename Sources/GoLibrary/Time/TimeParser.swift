/// Reads a time as a layout describes it (Go's `time.Parse`, with its messages).
package struct TimeParser {
    /// Why a text does not fit a layout.
    package struct Problem: Error {
        package var message: String
    }

    private struct Mismatch: Error {}

    private let layout: TimeLayout
    private let text: String
    private var rest: ArraySlice<UInt8>

    private var year = 0
    private var month: Int?
    private var day: Int?
    private var dayOfYear: Int?
    private var hour = 0, minute = 0, second = 0, nanosecond = 0
    private var isPM: Bool?
    private var offset: Int?
    /// Whether the text says UTC or Z, which counts more than an offset beside it.
    private var isUTC = false
    private var zoneName: String?
    private var outOfRange: String?

    /// Seconds since 1970 and nanoseconds of the instant that `text` names. Zone abbreviations are looked up in
    /// `local`; unknown ones count as UTC.
    package static func parse(
        _ text: String, _ layout: TimeLayout, local: TimeZoneRules
    ) throws(Problem) -> (seconds: Int, nanoseconds: Int) {
        var parser = TimeParser(layout: layout, text: text, rest: Array(text.utf8)[...])
        try parser.readPieces()
        return try parser.instant(local: local)
    }

    private init(layout: TimeLayout, text: String, rest: ArraySlice<UInt8>) {
        (self.layout, self.text, self.rest) = (layout, text, rest)
    }

    private mutating func readPieces() throws(Problem) {
        for (index, piece) in layout.pieces.enumerated() {
            do { try skip(piece.prefix) } catch { throw mismatch(rest, piece.prefix) }
            guard let field = piece.field else {
                if !rest.isEmpty { throw problem(": extra text: " + GoText.timeQuoted(rest)) }
                return
            }
            let start = rest
            do {
                let next = layout.pieces.dropFirst(index + 1).first
                try read(field, followedByFraction: next.map(Self.isFraction) ?? false)
            } catch { throw mismatch(start, piece.spelling) }
            if let outOfRange { throw problem(": \(outOfRange) out of range") }
        }
    }

    private static func isFraction(_ piece: TimeLayout.Piece) -> Bool {
        if case .fraction = piece.field { true } else { false }
    }

    private func problem(_ message: String) -> Problem {
        Problem(message: "parsing time \(GoText.timeQuoted(text.utf8))" + message)
    }

    private func mismatch(_ value: ArraySlice<UInt8>, _ element: ArraySlice<UInt8>) -> Problem {
        problem(
            " as \(GoText.timeQuoted(layout.text.utf8)): cannot parse \(GoText.timeQuoted(value)) as \(GoText.timeQuoted(element))"
        )
    }

    // MARK: Fields

    private mutating func read(_ field: TimeLayout.Field, followedByFraction: Bool) throws(Mismatch) {
        switch field {
        case .year:
            let short = try integer(take(2))
            year = short + (short >= 69 ? 1900 : 2000)
        case .longYear:
            guard isDigit(0) else { throw Mismatch() }
            year = try integer(take(4))
        case .month: month = try name(CivilTime.monthNames.map { String($0.prefix(3)) }) + 1
        case .longMonth: month = try name(CivilTime.monthNames) + 1
        case .numberMonth, .zeroMonth:
            let number = try number(fixed: field == .zeroMonth)
            month = number
            if number < 1 || number > 12 { outOfRange = "month" }
        case .weekday: _ = try name(CivilTime.weekdayNames.map { String($0.prefix(3)) })
        case .longWeekday: _ = try name(CivilTime.weekdayNames)
        case .day, .underscoreDay, .zeroDay:
            if field == .underscoreDay, rest.first == 0x20 { rest.removeFirst() }
            day = try number(fixed: field == .zeroDay)
        case .underscoreYearDay, .zeroYearDay:
            if field == .underscoreYearDay { for _ in 0..<2 where rest.first == 0x20 { rest.removeFirst() } }
            let digits = rest.prefix(3).prefix { $0 >= 0x30 && $0 <= 0x39 }
            if digits.isEmpty || field == .zeroYearDay && digits.count != 3 { throw Mismatch() }
            dayOfYear = try integer(take(digits.count))
        case .hour: hour = try limited(fixed: false, below: 24, "hour")
        case .hour12, .zeroHour12: hour = try limited(fixed: field == .zeroHour12, below: 13, "hour")
        case .minute, .zeroMinute: minute = try limited(fixed: field == .zeroMinute, below: 60, "minute")
        case .second, .zeroSecond:
            second = try limited(fixed: field == .zeroSecond, below: 60, "second")
            // A fraction may follow though the layout has none.
            if outOfRange == nil, !followedByFraction, isSeparator(rest.first), isDigit(1) { try readFraction() }
        case .upperPM: isPM = try half("PM", "AM")
        case .lowerPM: isPM = try half("pm", "am")
        case .zoneName: try readZoneName()
        case .offset(let style): try readOffset(style)
        case .fraction(let digits, _, let trims):
            if trims {
                if isSeparator(rest.first), isDigit(1) { try readFraction() }
            } else {
                try readFraction(take(digits + 1))
            }
        }
    }

    private mutating func take(_ count: Int) throws(Mismatch) -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw Mismatch() }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private func integer(_ text: ArraySlice<UInt8>) throws(Mismatch) -> Int {
        guard let number = Int(String(decoding: text, as: UTF8.self)) else { throw Mismatch() }
        return number
    }

    private func isDigit(_ offset: Int) -> Bool {
        guard let byte = rest.dropFirst(offset).first else { return false }
        return byte >= 0x30 && byte <= 0x39
    }

    private func isSeparator(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }

    /// One or two digits; exactly two if `fixed`.
    private mutating func number(fixed: Bool) throws(Mismatch) -> Int {
        guard isDigit(0) else { throw Mismatch() }
        if !isDigit(1) {
            if fixed { throw Mismatch() }
            return try integer(take(1))
        }
        return try integer(take(2))
    }

    private mutating func limited(fixed: Bool, below limit: Int, _ name: String) throws(Mismatch) -> Int {
        let number = try number(fixed: fixed)
        if number >= limit { outOfRange = name }
        return number
    }

    private mutating func name(_ names: [String]) throws(Mismatch) -> Int {
        for (index, name) in names.enumerated() {
            let start = rest.prefix(name.utf8.count)
            if start.count == name.utf8.count, zip(start, name.utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
                rest = rest.dropFirst(start.count)
                return index
            }
        }
        throw Mismatch()
    }

    private mutating func half(_ afternoon: String, _ morning: String) throws(Mismatch) -> Bool {
        let word = String(decoding: try take(2), as: UTF8.self)
        guard word == afternoon || word == morning else { throw Mismatch() }
        return word == afternoon
    }

    private mutating func readFraction() throws(Mismatch) {
        let digits = rest.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }.count
        try readFraction(take(digits + 1))
    }

    private mutating func readFraction(_ text: ArraySlice<UInt8>) throws(Mismatch) {
        guard isSeparator(text.first) else { throw Mismatch() }
        let digits = text.dropFirst().prefix(9)
        var value = try integer(digits)
        if value < 0 { outOfRange = "fractional second" }
        for _ in digits.count..<9 { value *= 10 }
        nanosecond = value
    }

    private mutating func readOffset(_ style: TimeLayout.OffsetStyle) throws(Mismatch) {
        if style.usesZ, rest.first == UInt8(ascii: "Z") {
            rest.removeFirst()
            isUTC = true
            return
        }
        let sign = try take(1).first
        var parts = [0, 0, 0]
        for index in 0..<style.parts {
            if index > 0, style.hasColons, try take(1).first != UInt8(ascii: ":") { throw Mismatch() }
            guard isDigit(0), isDigit(1) else { throw Mismatch() }
            parts[index] = try integer(take(2))
        }
        if parts[0] > 24 { outOfRange = "time zone offset hour" }
        if parts[1] > 60 { outOfRange = "time zone offset minute" }
        if parts[2] > 60 { outOfRange = "time zone offset second" }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { throw Mismatch() }
        let magnitude = parts[0] * 3600 + parts[1] * 60 + parts[2]
        offset = sign == UInt8(ascii: "-") ? -magnitude : magnitude
    }

    private mutating func readZoneName() throws(Mismatch) {
        if rest.starts(with: "UTC".utf8) {
            rest = rest.dropFirst(3)
            isUTC = true
            return
        }
        let length = Self.zoneNameLength(rest)
        if length == 0 { throw Mismatch() }
        zoneName = String(decoding: try take(length), as: UTF8.self)
    }

    /// The length of what looks like a zone abbreviation, or 0.
    private static func zoneNameLength(_ text: ArraySlice<UInt8>) -> Int {
        guard text.count >= 3 else { return 0 }
        if text.starts(with: "ChST".utf8) || text.starts(with: "MeST".utf8) { return 4 }
        if text.starts(with: "GMT".utf8) { return 3 + signedHourLength(text.dropFirst(3)) }
        if text.first == UInt8(ascii: "+") || text.first == UInt8(ascii: "-") { return signedHourLength(text) }
        let letters = text.prefix(6).prefix { $0 >= 0x41 && $0 <= 0x5A }
        switch letters.count {
        case 3: return 3
        case 4: return letters.last == UInt8(ascii: "T") || letters.elementsEqual("WITA".utf8) ? 4 : 0
        case 5: return letters.last == UInt8(ascii: "T") ? 5 : 0
        default: return 0
        }
    }

    private static func signedHourLength(_ text: ArraySlice<UInt8>) -> Int {
        guard text.first == UInt8(ascii: "+") || text.first == UInt8(ascii: "-") else { return 0 }
        let digits = text.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard let hours = Int(String(decoding: digits, as: UTF8.self)), hours <= 23 else { return 0 }
        return 1 + digits.count
    }

    /// Takes literal text; a run of spaces matches any run of spaces.
    private mutating func skip(_ prefix: ArraySlice<UInt8>) throws(Mismatch) {
        var prefix = prefix
        while let byte = prefix.first {
            if byte == 0x20 {
                if let next = rest.first, next != 0x20 { throw Mismatch() }
                prefix = prefix.drop { $0 == 0x20 }
                rest = rest.drop { $0 == 0x20 }
                continue
            }
            guard rest.first == byte else { throw Mismatch() }
            rest.removeFirst()
            prefix.removeFirst()
        }
    }

    // MARK: The instant

    private mutating func instant(local: TimeZoneRules) throws(Problem) -> (seconds: Int, nanoseconds: Int) {
        if isPM == true, hour < 12 { hour += 12 }
        if isPM == false, hour == 12 { hour = 0 }
        if let dayOfYear { try resolve(dayOfYear) }
        let (month, day) = (month ?? 1, day ?? 1)
        if day < 1 || day > CivilTime.daysIn(month: month, year: year) { throw problem(": day out of range") }
        let civil = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        var seconds = civil.seconds ?? 0
        if isUTC { return (seconds, nanosecond) }
        if let offset {
            seconds -= offset
        } else if let zoneName, let known = local.offset(named: zoneName, near: seconds) {
            seconds -= known
        }
        return (seconds, nanosecond)
    }

    private mutating func resolve(_ dayOfYear: Int) throws(Problem) {
        guard dayOfYear >= 1, dayOfYear <= (CivilTime.isLeap(year) ? 366 : 365) else {
            throw problem(": day-of-year out of range")
        }
        let first = CivilTime(year: year, month: 1, day: dayOfYear)
        let date = CivilTime(seconds: first.seconds ?? 0)
        if let month, month != date.month { throw problem(": day-of-year does not match month") }
        if let day, day != date.day { throw problem(": day-of-year does not match day") }
        (month, day) = (date.month, date.day)
    }
}
