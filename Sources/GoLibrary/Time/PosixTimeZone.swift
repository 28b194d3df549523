/// The rule of a POSIX `TZ` string, such as `CET-1CEST,M3.5.0,M10.5.0/3`, which TZif files give for the years after
/// their last transition (RFC 9636, section 3.3).
struct PosixTimeZone: Sendable {
    private enum Day: Sendable {
        /// The `week`th `weekday` of `month`; week 5 is the last one.
        case monthly(month: Int, week: Int, weekday: Int)
        /// 1 to 365; 29 February is never counted.
        case julian(Int)
        /// 0 to 365; 29 February counts in leap years.
        case zeroBased(Int)
    }

    private struct Change: Sendable {
        var day: Day
        /// Seconds after midnight, local time.
        var time: Int
    }

    private let standard: TimeZoneRules.Local
    private var daylight: (local: TimeZoneRules.Local, start: Change, end: Change)?

    init?(_ text: [UInt8]) {
        var parser = Parser(rest: text[...])
        guard let name = parser.name(), let offset = parser.time() else { return nil }
        standard = TimeZoneRules.Local(offset: -offset, name: name)
        if parser.rest.isEmpty { return }
        guard let summerName = parser.name() else { return nil }
        var summerOffset = standard.offset + 3600
        if let next = parser.rest.first, next != UInt8(ascii: ",") {
            guard let written = parser.time() else { return nil }
            summerOffset = -written
        }
        guard let start = parser.change(), let end = parser.change(), parser.rest.isEmpty else { return nil }
        let local = TimeZoneRules.Local(offset: summerOffset, name: summerName, isDaylight: true)
        daylight = (local, start, end)
    }

    /// What is in force at an instant.
    func local(at seconds: Int) -> TimeZoneRules.Local {
        guard let daylight else { return standard }
        let year = CivilTime(seconds: seconds + standard.offset).year
        let start = Self.instant(daylight.start, year) - standard.offset
        let end = Self.instant(daylight.end, year) - daylight.local.offset
        let isDaylight = start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end
        return isDaylight ? daylight.local : standard
    }

    /// When a change happens in a year, in seconds since 1970 of local time.
    private static func instant(_ change: Change, _ year: Int) -> Int {
        let days: Int
        switch change.day {
        case .julian(let day):
            let leapDay = CivilTime.isLeap(year) && day >= 60 ? 1 : 0
            days = CivilTime.days(year: year, month: 1, day: day + leapDay)
        case .zeroBased(let day): days = CivilTime.days(year: year, month: 1, day: day + 1)
        case .monthly(let month, let week, let weekday):
            let first = CivilTime(year: year, month: month, day: 1).weekday
            var day = 1 + (weekday - first + 7) % 7 + 7 * (week - 1)
            if day > CivilTime.daysIn(month: month, year: year) { day -= 7 }
            days = CivilTime.days(year: year, month: month, day: day)
        }
        return days * CivilTime.secondsPerDay + change.time
    }

    private struct Parser {
        var rest: ArraySlice<UInt8>

        private mutating func accept(_ byte: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: byte) else { return false }
            rest.removeFirst()
            return true
        }

        private mutating func number() -> Int? {
            let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
            rest = rest.dropFirst(digits.count)
            return digits.count < 6 ? Int(String(decoding: digits, as: UTF8.self)) : nil
        }

        mutating func name() -> String? {
            if accept("<") {
                let name = rest.prefix { $0 != UInt8(ascii: ">") }
                rest = rest.dropFirst(name.count + 1)
                return String(decoding: name, as: UTF8.self)
            }
            let name = rest.prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
            rest = rest.dropFirst(name.count)
            return name.count >= 3 ? String(decoding: name, as: UTF8.self) : nil
        }

        /// `[+-]hours[:minutes[:seconds]]` as seconds.
        mutating func time() -> Int? {
            let isNegative = accept("-")
            if !isNegative { _ = accept("+") }
            guard var seconds = number().map({ $0 * 3600 }) else { return nil }
            for unit in [60, 1] where accept(":") {
                guard let part = number() else { return nil }
                seconds += part * unit
            }
            return isNegative ? -seconds : seconds
        }

        mutating func change() -> Change? {
            guard accept(","), let day = day() else { return nil }
            guard accept("/") else { return Change(day: day, time: 7200) }
            return time().map { Change(day: day, time: $0) }
        }

        private mutating func day() -> Day? {
            if accept("J") { return number().flatMap { (1...365).contains($0) ? .julian($0) : nil } }
            guard accept("M") else { return number().flatMap { $0 <= 365 ? .zeroBased($0) : nil } }
            guard let month = number(), accept("."), let week = number(), accept("."), let weekday = number(),
                (1...12).contains(month), (1...5).contains(week), weekday <= 6
            else { return nil }
            return .monthly(month: month, week: week, weekday: weekday)
        }
    }
}
