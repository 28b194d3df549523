extension String {
    /// The text itself, or where it has more than `limit` bytes its beginning and how many bytes it has in all:
    /// `aaa… (1,200,000 bytes)`.
    package func shortened(to limit: Int) -> String {
        let length = utf8.count
        if length <= limit { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, utf8[end] & 0xC0 == 0x80 { utf8.formIndex(before: &end) }
        return self[..<end] + "… (\(Self.grouped(length)) bytes)"
    }

    private static func grouped(_ number: Int) -> String {
        let digits = String(number)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
