import Documents
import GoLibrary

extension Builtins {
    private static let instant = RegoType.union([.number, .array(static: [.number, .string], dynamic: nil)])
    private static let triple = RegoType.array(static: [.number, .number, .number], dynamic: nil)

    /// Dates and times (OPA policy reference, "Time").
    static let times: [Builtin] = [
        Builtin(
            "time.now_ns", help: "() The present, in nanoseconds since 1970; the same during one evaluation.", returns: .number,
            nondeterministic: true
        ) { call in .int(call.context.now) },
        Builtin(
            "time.parse_ns", help: "(layout, text) A time written in a layout of Go, in nanoseconds since 1970.", .string,
            .string, returns: .number, work: .length(perKibibyte: 8192)
        ) { call in
            guard let layout = call.text(0), let text = call.text(1) else { return .undefined }
            return parse(text, TimeLayout(named: layout), &call)
        },
        Builtin(
            "time.parse_rfc3339_ns", help: "(text) A time such as \"2026-01-02T15:04:05Z\", in nanoseconds since 1970.", .string,
            returns: .number, work: .length(perKibibyte: 8192)
        ) { call in
            guard let text = call.text(0) else { return .undefined }
            return parse(text, .rfc3339, &call)
        },
        Builtin(
            "time.parse_duration_ns", help: "(text) A duration such as \"1h30m\" in nanoseconds.", .string, returns: .number,
            work: .length(perKibibyte: 8192)
        ) { call in
            guard let text = call.text(0) else { return .undefined }
            do throws(GoDuration.Problem) {
                return .int(try GoDuration.parse(text))
            } catch { return call.fail(error.message) }
        },
        Builtin("time.date", help: "(ns) Year, month and day of a time.", instant, returns: triple) { call in
            guard let moment = Moment(0, &call) else { return .undefined }
            return integers([moment.civil.year, moment.civil.month, moment.civil.day], call)
        },
        Builtin("time.clock", help: "(ns) Hour, minute and second of a time.", instant, returns: triple) { call in
            guard let moment = Moment(0, &call) else { return .undefined }
            return integers([moment.civil.hour, moment.civil.minute, moment.civil.second], call)
        },
        Builtin("time.weekday", help: "(ns) The day of the week in English.", instant, returns: .string) { call in
            guard let moment = Moment(0, &call) else { return .undefined }
            return call.arena.string(CivilTime.weekdayNames[moment.civil.weekday])
        },
        Builtin(
            "time.add_date", help: "(ns, years, months, days) The time after some years, months and days.", .number, .number,
            .number, .number, returns: .number
        ) { call in
            guard let moment = Moment(0, &call), let years = call.integer(1), let months = call.integer(2),
                let days = call.integer(3)
            else { return .undefined }
            return moment.adding(years: Int(years), months: Int(months), days: Int(days))
                ?? call.fail(Moment.outOfRange)
        },
        Builtin(
            "time.diff", help: "(a, b) The difference of two times in years, months, days, hours, minutes and seconds.", instant,
            instant,
            returns: .array(static: Array(repeating: .number, count: 6), dynamic: nil)
        ) { call in
            guard let first = Moment(0, &call), let second = Moment(1, &call) else { return .undefined }
            return integers(first.difference(to: second), call)
        },
        Builtin(
            "time.format", help: "(ns) A time as text, in a time zone and layout of your choice.",
            .union([
                .number, .array(static: [.number, .string], dynamic: nil),
                .array(static: [.number, .string, .string], dynamic: nil),
            ]), returns: .string, work: .length(perKibibyte: 8192)
        ) { call in
            guard let moment = Moment(0, &call) else { return .undefined }
            let layout = moment.layout.map(TimeLayout.init(named:)) ?? .rfc3339Nano
            let text = layout.format(seconds: moment.seconds, nanoseconds: moment.nanoseconds, in: moment.zone)
            return call.arena.string(text)
        },
    ]

    private static func parse(_ text: String, _ layout: TimeLayout, _ call: inout BuiltinCall) -> Value {
        let local = call.context.cache("time zones", make: TimeZoneCache.init).zone(named: "Local") ?? .utc
        do {
            let (seconds, nanoseconds) = try TimeParser.parse(text, layout, local: local)
            return Moment.nanoseconds(seconds, nanoseconds) ?? call.fail(Moment.outOfRange)
        } catch { return call.fail(error.message) }
    }

    private static func integers(_ numbers: [Int], _ call: BuiltinCall) -> Value {
        call.arena.array(numbers.map { .int($0) })
    }
}

/// A point in time as an operand gives it: nanoseconds, or an array of nanoseconds, zone and layout.
private struct Moment {
    var seconds: Int
    var nanoseconds: Int
    var zone = TimeZoneRules.utc
    var layout: String?

    static let outOfRange = "time outside of valid range"

    /// Reads an operand; nil after recording why it is not a point in time.
    init?(_ index: Int, _ call: inout BuiltinCall) {
        let operand = call[index]
        var number = operand
        if operand.kind == .array {
            number = operand.elements.first ?? .undefined
            guard number.isNumber || operand.count == 0 else {
                _ = call.typeFailure("operand 1 must be number but got \(number.typeName)")
                return nil
            }
            guard let zone = Self.zone(operand, &call) else { return nil }
            self.zone = zone
            if operand.count > 2 {
                guard let layout = operand.elements[2].stringValue else {
                    _ = call.typeFailure("operand 1 must be string but got \(operand.elements[2].typeName)")
                    return nil
                }
                self.layout = layout.isEmpty ? nil : layout
            }
        }
        guard number.isNumber else {
            let isElement = operand.kind == .array && operand.count > 0
            let expected = isElement ? "number" : "either number (ns) or [number (ns), string (tz)]"
            _ = call.typeFailure("operand 1 must be \(expected) but got \((isElement ? number : operand).typeName)")
            return nil
        }
        guard let total = number.integerValue else {
            _ = call.fail("timestamp too big")
            return nil
        }
        seconds = CivilTime.floorDivide(Int(total), 1_000_000_000)
        nanoseconds = Int(total) &- seconds &* 1_000_000_000
    }

    private static func zone(_ operand: Value, _ call: inout BuiltinCall) -> TimeZoneRules? {
        guard operand.count > 1 else { return .utc }
        guard let name = operand.elements[1].stringValue else {
            _ = call.typeFailure("operand 1 must be string but got \(operand.elements[1].typeName)")
            return nil
        }
        if TimeZoneCache.isUnsafe(name) {
            // Linux says the latter to Go about a file whose name holds NUL.
            let isRefused = !name.utf8.contains(0) || TimeZoneCache.isUnsafe(name.filter { $0 != "\0" })
            _ = call.fail(isRefused ? "time: invalid location name" : "invalid argument")
            return nil
        }
        if let zone = call.context.cache("time zones", make: TimeZoneCache.init).zone(named: name) { return zone }
        _ = call.fail("unknown time zone \(name)")
        return nil
    }

    var civil: CivilTime { CivilTime(seconds: seconds + zone.local(at: seconds).offset) }

    /// Nanoseconds since 1970, or nil if they do not fit 64 bits.
    static func nanoseconds(_ seconds: Int, _ nanoseconds: Int) -> Value? {
        // Borrow a second below zero, so that the first representable nanosecond does not overflow on the way.
        let borrow = seconds < 0 && nanoseconds > 0 ? 1 : 0
        let (product, overflow) = (seconds + borrow).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = product.addingReportingOverflow(nanoseconds - borrow * 1_000_000_000)
        return overflow || carry ? nil : .int(sum)
    }

    /// The moment's nanoseconds after adding to the fields of its local date, as Go's `AddDate`; nil if out of range.
    func adding(years: Int, months: Int, days: Int) -> Value? {
        var time = civil
        time.year &+= years
        time.month &+= months
        time.day &+= days
        let local = time.wrappedSeconds
        // As Go does: guess with the offset before, then correct with the one in force at the guess.
        var offset = zone.local(at: local).offset
        if offset != 0 { offset = zone.local(at: local &- offset).offset }
        return Self.nanoseconds(local &- offset, nanoseconds)
    }

    /// Years, months, days, hours, minutes and seconds between two moments, seen in this one's zone.
    func difference(to other: Moment) -> [Int] {
        var (first, second) = (self, other)
        second.zone = zone
        if (first.seconds, first.nanoseconds) > (second.seconds, second.nanoseconds) { swap(&first, &second) }
        let (from, to) = (first.civil, second.civil)
        var parts = [
            to.year - from.year, to.month - from.month, to.day - from.day, to.hour - from.hour,
            to.minute - from.minute, to.second - from.second,
        ]
        let sizes = [0, 12, CivilTime.daysIn(month: from.month, year: from.year), 24, 60, 60]
        for index in stride(from: 5, to: 0, by: -1) where parts[index] < 0 {
            parts[index] += sizes[index]
            parts[index - 1] -= 1
        }
        return parts
    }
}
