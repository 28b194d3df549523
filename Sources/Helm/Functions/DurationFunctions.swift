import GoLibrary
import GoTemplate

/// Helm's own functions on durations: texts as Go writes them, or numbers of seconds.
enum DurationFunctions {
    static let all: [TemplateFunction] = [
        function("mustToDuration", [.any]) { GoValue(.object(DurationObject(try nanoseconds($0[0])))) },
        function("toDuration", [.any]) { GoValue(.object(DurationObject((try? nanoseconds($0[0])) ?? 0))) },
        function("durationSeconds", [.any]) { .float(quiet($0[0]) / 1e9) },
        function("durationMilliseconds", [.any]) { .int64((try? nanoseconds($0[0])).map { $0 / 1_000_000 } ?? 0) },
        function("durationMicroseconds", [.any]) { .int64((try? nanoseconds($0[0])).map { $0 / 1_000 } ?? 0) },
        function("durationNanoseconds", [.any]) { .int64((try? nanoseconds($0[0])) ?? 0) },
        function("durationMinutes", [.any]) { .float(quiet($0[0]) / 60e9) },
        function("durationHours", [.any]) { .float(quiet($0[0]) / 3600e9) },
        function("durationDays", [.any]) { .float(quiet($0[0]) / 86_400e9) },
        function("durationWeeks", [.any]) { .float(quiet($0[0]) / 604_800e9) },
        function("durationRoundTo", [.any, .any]) { call in
            GoValue(
                .object(
                    DurationObject(
                        changed(call[0], call[1]) { value, unit in
                            let rest = value % unit
                            let half = rest.magnitude + rest.magnitude >= unit.magnitude
                            return value - rest + (half ? (value < 0 ? -unit : unit) : 0)
                        })))
        },
        function("durationTruncateTo", [.any, .any]) { call in
            GoValue(.object(DurationObject(changed(call[0], call[1]) { $0 - $0 % $1 })))
        },
    ]

    /// `time.ParseDuration`.
    static func parsed(_ text: String) throws(FunctionFailure) -> Int64 {
        do throws(GoDuration.Problem) {
            return try GoDuration.parse(text, takesDays: false)
        } catch {
            throw FunctionFailure(error.message)
        }
    }

    /// The largest unit that counts at least one (sprig's `durationRound`).
    static func rounded(_ nanoseconds: Int64) -> String {
        let magnitude = nanoseconds.magnitude
        let second: UInt64 = 1_000_000_000
        let steps: [(String, UInt64)] = [
            ("y", 365 * 24 * 3600), ("mo", 30 * 24 * 3600), ("d", 24 * 3600), ("h", 3600), ("m", 60), ("s", 1),
        ]
        for (name, size) in steps where magnitude > size * second { return "\(magnitude / (size * second))\(name)" }
        return "0s"
    }

    private static func quiet(_ value: GoValue) -> Double { Double((try? nanoseconds(value)) ?? 0) }

    private static func changed(_ value: GoValue, _ unit: GoValue, _ change: (Int64, Int64) -> Int64) -> Int64 {
        let duration = (try? nanoseconds(value)) ?? 0
        let unit = (try? nanoseconds(unit)) ?? 0
        return unit > 0 ? change(duration, unit) : duration
    }

    private static func nanoseconds(_ value: GoValue) throws -> Int64 {
        switch value.content {
        case .object(let object as DurationObject): return object.nanoseconds
        case .string(let text):
            let text = StringFunctions.trimmed(text)
            if text.isEmpty { throw FunctionFailure("empty duration") }
            if let duration = try? parsed(text) { return duration }
            if let seconds = Cast.double(text) { return try inSeconds(seconds, text) }
            throw FunctionFailure("could not parse duration \(GoText.quoted(text))")
        case .integer(let seconds, _):
            let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
            if overflow { throw FunctionFailure("duration seconds overflow: \(seconds)") }
            return product
        case .float(let seconds): return try inSeconds(seconds, FloatText.plain(seconds))
        case .missing, .null: throw FunctionFailure("invalid duration")
        default: throw FunctionFailure("unsupported duration type \(value.typeName(dynamic: true))")
        }
    }

    private static func inSeconds(_ seconds: Double, _ text: String) throws -> Int64 {
        guard seconds.isFinite, let number = Int64(exactly: (seconds * 1e9).rounded(.towardZero)) else {
            throw FunctionFailure("duration seconds overflow: \(text)")
        }
        return number
    }
}

/// A Go `time.Duration`.
final class DurationObject: GoObject {
    let nanoseconds: Int64

    init(_ nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    let typeName = "time.Duration"
    let kindName = "int64"
    var isTrue: Bool { nanoseconds != 0 }
    var text: String { GoDuration.text(nanoseconds) }

    func field(_ name: String) -> GoValue? {
        switch name {
        case "Seconds": .float(Double(nanoseconds) / 1e9)
        case "Minutes": .float(Double(nanoseconds) / 60e9)
        case "Hours": .float(Double(nanoseconds) / 3600e9)
        case "Milliseconds": .int64(nanoseconds / 1_000_000)
        case "Microseconds": .int64(nanoseconds / 1_000)
        case "Nanoseconds": .int64(nanoseconds)
        case "String": .string(text)
        default: nil
        }
    }
}
