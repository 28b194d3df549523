/// A date and time of day of the proleptic Gregorian calendar, without a zone.
package struct CivilTime: Equatable {
    package var year: Int
    /// 1 to 12.
    package var month: Int
    package var day: Int
    package var hour = 0
    package var minute = 0
    package var second = 0

    package static let secondsPerDay = 86_400

    package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// The civil time that is `seconds` after 1970-01-01T00:00:00.
    package init(seconds: Int) {
        let days = Self.floorDivide(seconds, Self.secondsPerDay)
        let rest = seconds - days * Self.secondsPerDay
        // Count from 0000-03-01, so that leap days end their year.
        let shifted = days + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
    }

    /// Seconds since 1970-01-01T00:00:00; fields out of range carry over, as in Go's `time.Date`. Nil on overflow.
    package var seconds: Int? {
        let limit = 1_000_000_000_000
        guard [year, month, day, hour, minute, second].allSatisfy({ abs($0) < limit }) else { return nil }
        let year = year + Self.floorDivide(month - 1, 12)
        let month = month - 12 * Self.floorDivide(month - 1, 12)
        let days = Self.days(year: year, month: month, day: day)
        let (product, overflow) = days.multipliedReportingOverflow(by: Self.secondsPerDay)
        let (sum, carry) = product.addingReportingOverflow(hour * 3600 + minute * 60 + second)
        return overflow || carry ? nil : sum
    }

    /// Seconds since 1970-01-01T00:00:00 as Go's `time.Date` computes them: what does not fit 64 bits wraps around.
    package var wrappedSeconds: Int {
        var (years, months) = (year, month &- 1)
        if months < 0 {
            let borrowed = (0 &- months &- 1) / 12 &+ 1
            years &-= borrowed
            months &+= borrowed &* 12
        }
        years &+= months / 12
        months %= 12
        // Count from March of a year 0 that lies before all others, so that leap days end their year.
        let isEarly = months < 2
        let shifted = UInt64(bitPattern: Int64(years)) &- (isEarly ? 1 : 0) &+ 292_277_022_400
        let (century, rest) = (shifted / 100, Int(shifted % 100))
        let month = months + (isEarly ? 13 : 1)
        let dayOfYear = (979 * month - 2919) >> 5
        let leaps = Int(truncatingIfNeeded: (146_097 &* century) / 4)
        let days = leaps &+ (1461 * rest / 4 + dayOfYear) &+ (day &- 1)
        // From that first of March to 1970.
        let past = 106_751_991_073_400
        let ofDay = hour * 3600 + minute * 60 + second
        return (days &- past) &* Self.secondsPerDay &+ ofDay
    }

    /// Days from 1970-01-01 to a date; the day may be out of its month's range.
    package static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = floorDivide(year, 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468 + day - 1
    }

    /// 0 is Sunday.
    package var weekday: Int {
        let days = Self.days(year: year, month: month, day: day) + 4
        return days - 7 * Self.floorDivide(days, 7)
    }

    /// 1 is the first of January.
    package var dayOfYear: Int {
        Self.days(year: year, month: month, day: day) - Self.days(year: year, month: 1, day: 1) + 1
    }

    package static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    package static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package static func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
        let quotient = dividend / divisor
        return dividend % divisor != 0 && (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient
    }

    package static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    package static let weekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}
