import GoLibrary
import GoTemplate

/// Functions on times (sprig's `date.go`); the clock is given by the caller of the run.
enum DateFunctions {
    static let all: [TemplateFunction] =
        [
            function("now") { GoValue(.object(TimeObject(now($0.run)))) },
            function("date", [.string, .any]) { .string(moment($0[1], $0.run).text($0.text(0), .utc)) },
            function("htmlDate", [.any]) { .string(moment($0[0], $0.run).text("2006-01-02", .utc)) },
            function("htmlDateInZone", [.any, .string]) {
                .string(moment($0[0], $0.run).text("2006-01-02", zone($0.text(1))))
            },
            function("ago", [.any]) { call in
                let then = moment(call[0], call.run)
                let now = now(call.run)
                let seconds = now.seconds - then.seconds - (now.nanoseconds < then.nanoseconds ? 1 : 0)
                return .string(GoDuration.text(Int64(seconds) &* 1_000_000_000))
            },
            function("unixEpoch", [time]) { .string(String(moment($0[0], $0.run).seconds)) },
            function("toDate", [.string, .string]) { call in
                let parsed = try? GoTime.parse(call.text(0), call.text(1), zone: .utc)
                return GoValue(
                    .object(
                        TimeObject(parsed.map { Moment(seconds: $0.seconds, nanoseconds: $0.nanoseconds) } ?? .zero)))
            },
            function("mustToDate", [.string, .string]) { call in
                do throws(GoTime.Problem) {
                    let parsed = try GoTime.parse(call.text(0), call.text(1), zone: .utc)
                    return GoValue(
                        .object(TimeObject(Moment(seconds: parsed.seconds, nanoseconds: parsed.nanoseconds))))
                } catch {
                    throw FunctionFailure(error.message)
                }
            },
            function("duration", [.any]) { call in
                let seconds: Int64 =
                    switch call[0].content {
                    case .string(let text): Cast.parse(text, radix: 10) ?? 0
                    case .integer(let number, .int64): number
                    default: 0
                    }
                return .string(GoDuration.text(seconds &* 1_000_000_000))
            },
            function("durationRound", [.any]) { .string(DurationFunctions.rounded(nanoseconds($0[0], $0.run))) },
        ]
        + ["dateInZone", "date_in_zone"].map { name in
            function(name, [.string, .any, .string]) {
                .string(moment($0[1], $0.run).text($0.text(0), zone($0.text(2))))
            }
        }
        + ["dateModify", "date_modify"].map { name in
            function(name, [.string, time]) { call in
                let moment = moment(call[1], call.run)
                guard let duration = try? DurationFunctions.parsed(call.text(0)) else {
                    return GoValue(.object(TimeObject(moment)))
                }
                return GoValue(.object(TimeObject(moment.adding(duration))))
            }
        }
        + ["mustDateModify", "must_date_modify"].map { name in
            function(name, [.string, time]) { call in
                GoValue(.object(TimeObject(moment(call[1], call.run).adding(try DurationFunctions.parsed(call.text(0))))))
            }
        }

    /// What takes a time takes no text and no number for one.
    private static let time = TemplateFunction.Parameter.named("time.Time")

    static func now(_ run: TemplateRun) -> Moment { (run.owner as? RenderState)?.now ?? .zero }

    private static func zone(_ name: String) -> GoTime.Zone {
        name == "Local" ? .utc : GoTime.Zone(named: name) ?? .utc
    }

    /// The instant that a value stands for; now for what is none.
    static func moment(_ value: GoValue, _ run: TemplateRun) -> Moment {
        switch value.content {
        case .object(let object as TimeObject): object.moment
        // Beyond this no calendar goes.
        case .integer(let seconds, _): Moment(seconds: Int(min(max(seconds, -1 << 53), 1 << 53)), nanoseconds: 0)
        default: now(run)
        }
    }

    private static func nanoseconds(_ value: GoValue, _ run: TemplateRun) -> Int64 {
        switch value.content {
        case .string(let text): (try? DurationFunctions.parsed(text)) ?? 0
        case .integer(let number, .int64): number
        case .object(let object as TimeObject): Int64(now(run).seconds - object.moment.seconds) &* 1_000_000_000
        default: 0
        }
    }
}

/// An instant.
package struct Moment: Sendable, Equatable {
    /// Seconds since 1970-01-01 UTC.
    package var seconds: Int
    package var nanoseconds: Int

    package init(seconds: Int, nanoseconds: Int) { (self.seconds, self.nanoseconds) = (seconds, nanoseconds) }

    /// Go's zero time, the first of January of year 1.
    static let zero = Moment(seconds: -62_135_596_800, nanoseconds: 0)

    func text(_ layout: String, _ zone: GoTime.Zone) -> String {
        GoTime.text(layout, seconds: seconds, nanoseconds: nanoseconds, zone: zone)
    }

    func adding(_ duration: Int64) -> Moment {
        let total = nanoseconds + Int(duration % 1_000_000_000)
        let carry = total < 0 ? -1 : total >= 1_000_000_000 ? 1 : 0
        return Moment(
            seconds: seconds + Int(duration / 1_000_000_000) + carry, nanoseconds: total - carry * 1_000_000_000)
    }
}

/// A time with the methods of Go's that templates use.
final class TimeObject: GoObject {
    let moment: Moment

    init(_ moment: Moment) { self.moment = moment }

    let typeName = "time.Time"
    var isTrue: Bool { true }
    var text: String { moment.text("2006-01-02 15:04:05.999999999 -0700 MST", .utc) }

    var json: String { moment.text("2006-01-02T15:04:05.999999999Z07:00", .utc) }

    func field(_ name: String) -> GoValue? {
        func number(_ layout: String) -> GoValue { .int(Int(moment.text(layout, .utc)) ?? 0) }
        switch name {
        case "Unix": return .int64(Int64(moment.seconds))
        case "UnixNano": return .int64(Int64(moment.seconds) &* 1_000_000_000 &+ Int64(moment.nanoseconds))
        case "UnixMilli": return .int64(Int64(moment.seconds) &* 1_000 &+ Int64(moment.nanoseconds / 1_000_000))
        case "UTC", "Local": return GoValue(.object(self))
        case "String": return .string(text)
        case "IsZero": return .bool(moment == .zero)
        case "Year": return number("2006")
        case "Day": return number("2")
        case "Hour": return number("15")
        case "Minute": return number("4")
        case "Second": return number("5")
        case "Nanosecond": return .int(moment.nanoseconds)
        case "YearDay": return number("002")
        case "Month": return .string(moment.text("January", .utc))
        case "Weekday": return .string(moment.text("Monday", .utc))
        default: return nil
        }
    }

    func hasMethod(_ name: String) -> Bool { ["Format", "AddDate", "Before", "After", "Equal"].contains(name) }

    func call(_ name: String, _ arguments: [GoValue]) throws -> GoValue {
        if name == "Format", arguments.count == 1, let layout = arguments[0].asString {
            return .string(moment.text(layout, .utc))
        }
        if name == "AddDate", arguments.count == 3 {
            let parts = arguments.map { Int(Cast.integer($0)) }
            if parts.contains(where: { $0.magnitude > 10_000_000 }) {
                throw FunctionFailure("the date is out of range")
            }
            let text = moment.text("2006 1 2 15 4 5", .utc).split(separator: " ").compactMap { Int($0) }
            // Fields out of range carry over.
            let date = CivilTime(
                year: text[0] + parts[0], month: text[1] + parts[1], day: text[2] + parts[2], hour: text[3], minute: text[4],
                second: text[5])
            guard let seconds = date.seconds else { throw FunctionFailure("the date is out of range") }
            return GoValue(.object(TimeObject(Moment(seconds: seconds, nanoseconds: moment.nanoseconds))))
        }
        guard arguments.count == 1, case .object(let object as TimeObject) = arguments[0].content else {
            throw FunctionFailure("wrong arguments")
        }
        let (a, b) = ((moment.seconds, moment.nanoseconds), (object.moment.seconds, object.moment.nanoseconds))
        return .bool(name == "Before" ? a < b : name == "After" ? a > b : a == b)
    }
}
