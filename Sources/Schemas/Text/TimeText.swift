/// Times as RFC 3339 writes them.
enum TimeText {
    /// Whether it is `2006-01-02T15:04:05Z`, with any fraction and offset; with six digits of a second when asked for.
    static func isRFC3339(_ text: UnsafeBufferPointer<UInt8>, needsMicroseconds: Bool = false) -> Bool {
        guard text.count >= 20, text.count <= 64 else { return false }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in text[range] {
                guard NameRule.isDigit(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), text[4] == 0x2D, let month = number(5..<7), text[7] == 0x2D,
            let day = number(8..<10),
            text[10] == 0x54, let hour = number(11..<13), text[13] == 0x3A, let minute = number(14..<16),
            text[16] == 0x3A, let second = number(17..<19), (1...12).contains(month), day >= 1,
            day <= days(in: month, of: year), hour < 24, minute < 60, second < 60
        else { return false }
        var index = 19
        var fraction = 0
        if text[index] == 0x2E || text[index] == 0x2C {
            index += 1
            while index < text.count, NameRule.isDigit(text[index]) {
                index += 1
                fraction += 1
            }
            if fraction == 0 { return false }
        }
        if needsMicroseconds, fraction != 6 { return false }
        guard index < text.count else { return false }
        if text[index] == 0x5A { return index + 1 == text.count }
        guard text[index] == 0x2B || text[index] == 0x2D, index + 6 == text.count, text[index + 3] == 0x3A,
            let offsetHour = number(index + 1..<index + 3), let offsetMinute = number(index + 4..<index + 6)
        else { return false }
        return offsetHour <= 24 && offsetMinute < 60
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Whether Go's `time.ParseDuration` takes it: `1h30m`, `-1.5s`, `0`.
    static func isGoDuration(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        if index < text.count, text[index] == 0x2B || text[index] == 0x2D { index += 1 }
        if text.count == index + 1, text[index] == 0x30 { return true }
        guard index < text.count else { return false }
        while index < text.count {
            let start = index
            var dots = 0
            while index < text.count, NameRule.isDigit(text[index]) || text[index] == 0x2E {
                if text[index] == 0x2E { dots += 1 }
                index += 1
            }
            if index - start == dots || dots > 1 { return false }
            let unit = index
            while index < text.count, !NameRule.isDigit(text[index]), text[index] != 0x2E { index += 1 }
            let name = String(decoding: text[unit..<index], as: UTF8.self)
            if !["ns", "us", "µs", "μs", "ms", "s", "m", "h"].contains(name) { return false }
        }
        return true
    }
}
