extension TimeLayout {
    /// The text for an instant as seen in a zone (Go's `Time.Format`).
    package func format(seconds: Int, nanoseconds: Int, in zone: TimeZoneRules) -> [UInt8] {
        let local = zone.local(at: seconds)
        let time = CivilTime(seconds: seconds + local.offset)
        var output: [UInt8] = []
        for piece in pieces {
            output.append(contentsOf: piece.prefix)
            switch piece.field {
            case nil: break
            case .zoneName: Self.appendZoneName(local, to: &output)
            case .offset(let style): Self.appendOffset(local.offset, style, to: &output)
            case .fraction(let digits, let separator, let trims):
                Self.appendFraction(nanoseconds, digits, separator, trims: trims, to: &output)
            case .some(let field): Self.append(field, of: time, to: &output)
            }
        }
        return output
    }

    private static func append(_ field: Field, of time: CivilTime, to output: inout [UInt8]) {
        func number(_ value: Int, width: Int, pad: UInt8 = 0x30) {
            let digits = String(abs(value)).utf8
            if value < 0 { output.append(UInt8(ascii: "-")) }
            output.append(contentsOf: repeatElement(pad, count: max(0, width - digits.count)))
            output.append(contentsOf: digits)
        }
        let hour12 = time.hour % 12 == 0 ? 12 : time.hour % 12
        switch field {
        case .longMonth: output.append(contentsOf: CivilTime.monthNames[time.month - 1].utf8)
        case .month: output.append(contentsOf: CivilTime.monthNames[time.month - 1].utf8.prefix(3))
        case .numberMonth: number(time.month, width: 0)
        case .zeroMonth: number(time.month, width: 2)
        case .longWeekday: output.append(contentsOf: CivilTime.weekdayNames[time.weekday].utf8)
        case .weekday: output.append(contentsOf: CivilTime.weekdayNames[time.weekday].utf8.prefix(3))
        case .day: number(time.day, width: 0)
        case .underscoreDay: number(time.day, width: 2, pad: 0x20)
        case .zeroDay: number(time.day, width: 2)
        case .underscoreYearDay: number(time.dayOfYear, width: 3, pad: 0x20)
        case .zeroYearDay: number(time.dayOfYear, width: 3)
        case .hour: number(time.hour, width: 2)
        case .hour12: number(hour12, width: 0)
        case .zeroHour12: number(hour12, width: 2)
        case .minute: number(time.minute, width: 0)
        case .zeroMinute: number(time.minute, width: 2)
        case .second: number(time.second, width: 0)
        case .zeroSecond: number(time.second, width: 2)
        case .longYear: number(time.year, width: 4)
        case .year: number(time.year % 100, width: 2)
        case .upperPM: output.append(contentsOf: (time.hour >= 12 ? "PM" : "AM").utf8)
        case .lowerPM: output.append(contentsOf: (time.hour >= 12 ? "pm" : "am").utf8)
        case .zoneName, .offset, .fraction: break  // need more than the civil time
        }
    }

    private static func appendZoneName(_ local: TimeZoneRules.Local, to output: inout [UInt8]) {
        if local.name.isEmpty {
            let isWholeHour = local.offset % 3600 == 0
            let style = OffsetStyle(usesZ: false, hasColons: false, parts: isWholeHour ? 1 : 2)
            return appendOffset(local.offset, style, to: &output)
        }
        output.append(contentsOf: local.name.utf8)
    }

    private static func appendOffset(_ offset: Int, _ style: OffsetStyle, to output: inout [UInt8]) {
        if style.usesZ, offset == 0 { return output.append(UInt8(ascii: "Z")) }
        output.append(UInt8(ascii: offset < 0 ? "-" : "+"))
        let parts = [abs(offset) / 3600, abs(offset) / 60 % 60, abs(offset) % 60]
        for (index, part) in parts.prefix(style.parts).enumerated() {
            if index > 0, style.hasColons { output.append(UInt8(ascii: ":")) }
            output.append(contentsOf: [UInt8(0x30 + part / 10), UInt8(0x30 + part % 10)])
        }
    }

    private static func appendFraction(
        _ nanoseconds: Int, _ digits: Int, _ separator: UInt8, trims: Bool, to output: inout [UInt8]
    ) {
        let text = String(nanoseconds).utf8
        var all = Array(repeatElement(UInt8(0x30), count: 9 - text.count)) + text
        all.removeLast(max(0, 9 - digits))
        if trims { while all.last == 0x30 { all.removeLast() } }
        if all.isEmpty { return }
        output.append(separator)
        output.append(contentsOf: all)
    }
}
