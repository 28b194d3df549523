/// The timestamps that go-yaml recognises; they stay strings, but `!!timestamp` demands one and writers quote them.
package enum YAMLTimestamp {
    /// Whether the text is a date, or a date and time with a zone after `T` or without one after a space.
    package static func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var cursor = Cursor(text: text)
        guard let year = cursor.number(4...4), cursor.skip("-"), let month = cursor.number(1...2),
            (1...12).contains(month), cursor.skip("-"), let day = cursor.number(1...2), day >= 1,
            day <= days(month, year)
        else { return false }
        if cursor.isAtEnd { return true }
        let hasZone = cursor.skip("T") || cursor.skip("t")
        guard hasZone || cursor.skip(" "), let hour = cursor.number(1...2), hour < 24, cursor.skip(":"),
            let minute = cursor.number(1...2), minute < 60, cursor.skip(":"), let second = cursor.number(1...2),
            second < 60
        else { return false }
        if cursor.skip(".") || cursor.skip(",") {
            guard cursor.number(1...18) != nil else { return false }
        }
        if hasZone, !cursor.skip("Z") {
            guard cursor.skip("+") || cursor.skip("-"), let hours = cursor.number(2...2), hours <= 24, cursor.skip(":"),
                let minutes = cursor.number(2...2), minutes < 60
            else { return false }
        }
        return cursor.isAtEnd
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private struct Cursor {
        let text: UnsafeBufferPointer<UInt8>
        var index = 0

        var isAtEnd: Bool { index == text.count }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard index < text.count, text[index] == UInt8(ascii: character) else { return false }
            index += 1
            return true
        }

        /// A run of digits whose length is in `lengths`.
        mutating func number(_ lengths: ClosedRange<Int>) -> Int? {
            var value = 0
            var length = 0
            while index < text.count, length < lengths.upperBound, text[index] &- 0x30 <= 9 {
                value = value * 10 + Int(text[index] - 0x30)
                index += 1
                length += 1
            }
            return length >= lengths.lowerBound ? value : nil
        }
    }
}
