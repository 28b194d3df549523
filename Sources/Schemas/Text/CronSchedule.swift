/// Cron schedules as the CronJob controller reads them: five fields, or a descriptor such as `@daily`.
enum CronSchedule {
    private struct Field {
        var name: String
        var range: ClosedRange<Int>
        var names: [String] = []
    }

    private static let fields = [
        Field(name: "minute", range: 0...59), Field(name: "hour", range: 0...23),
        Field(name: "day of the month", range: 1...31),
        Field(
            name: "month", range: 1...12,
            names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        Field(name: "day of the week", range: 0...6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ]

    /// What is wrong with a schedule; nil for a sound one.
    static func problem(_ schedule: String) -> String? {
        var text = schedule[...]
        if text.hasPrefix("TZ=") || text.hasPrefix("CRON_TZ=") {
            return "may not name a time zone; use timeZone instead"
        }
        text = text.drop { $0 == " " }
        if text.hasPrefix("@") { return descriptorProblem(String(text)) }
        let parts = text.split { $0 == " " || $0 == "\t" || $0 == "\n" }
        if parts.count != 5 { return "has \(parts.count) fields instead of 5 (minute hour day month weekday)" }
        for (part, field) in zip(parts, fields) {
            for entry in part.split(separator: ",", omittingEmptySubsequences: true) {
                if let problem = problem(entry, field) { return "\(problem) in the field for the \(field.name)" }
            }
        }
        return nil
    }

    private static func descriptorProblem(_ text: String) -> String? {
        if ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"].contains(text) {
            return nil
        }
        if text.hasPrefix("@every ") {
            var duration = String(text.dropFirst(7))
            return duration.withUTF8 { TimeText.isGoDuration($0) } ? nil : "has a duration that is not understood"
        }
        return "has an unknown descriptor \(text)"
    }

    private static func problem(_ entry: Substring, _ field: Field) -> String? {
        let stepParts = entry.split(separator: "/", omittingEmptySubsequences: false)
        guard stepParts.count <= 2 else { return "two slashes" }
        let bounds = stepParts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count <= 2 else { return "too many hyphens" }
        if bounds[0] != "*" && bounds[0] != "?" || bounds.count == 2 {
            guard let first = value(bounds[0], field) else {
                return "\(Wording.quoted(String(bounds[0]))) is not understood"
            }
            guard let last = bounds.count == 2 ? value(bounds[1], field) : first else {
                return "\(Wording.quoted(String(bounds[1]))) is not understood"
            }
            if first < field.range.lowerBound { return "\(first) is below \(field.range.lowerBound)" }
            if last > field.range.upperBound { return "\(last) is above \(field.range.upperBound)" }
            if first > last { return "the range \(stepParts[0]) runs backwards" }
        }
        if stepParts.count == 2 {
            guard let step = Int(stepParts[1]), step >= 0 else { return "the step \(stepParts[1]) is not a number" }
            if step == 0 { return "the step is 0" }
        }
        return nil
    }

    private static func value(_ text: Substring, _ field: Field) -> Int? {
        if let index = field.names.firstIndex(of: text.lowercased()) { return field.range.lowerBound + index }
        return text.allSatisfy({ $0.isASCII && $0.isNumber }) ? Int(text) : nil
    }
}
