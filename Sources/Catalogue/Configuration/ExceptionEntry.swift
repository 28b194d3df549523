package import Documents
package import Diagnostics
package import Inputs

/// An entry of `exceptions` in `lintel.yaml`: violations that are accepted.
package struct ExceptionEntry: Sendable {
    /// Ids, names or aliases of policies; `*` stands for any characters.
    package var policies: [String] = []
    package var reason = ""
    package var owner = ""
    /// The last day it holds, as `2027-01-31`; empty when it has no end.
    package var until = ""
    /// Files, relative to the folder of the configuration; nil for all.
    package var path: PathGlob?
    /// Each with `*` for any characters.
    package var kind = "*"
    package var namespace = "*"
    package var name = "*"
    package var container: String?
    /// A field, and all below it: `spec.template.spec.containers[*].securityContext`.
    package var field: FieldPattern?
    /// Where the entry stands.
    package var range: SourceRange?
    /// The folder whose files it is about, absolute, with a closing slash; empty for all of the run.
    package var folder = ""

    package init() {}
}

/// A path with `*` for any step.
package struct FieldPattern: Sendable, Hashable {
    private let steps: [String]

    /// Reads `spec.containers[*].image`; nil when it is no path.
    package init?(_ text: String) {
        guard let path = DocumentPath(parsing: text.replacing("[*]", with: ".*")), !path.steps.isEmpty else { return nil }
        steps = path.steps.map { step in
            switch step {
            case .key(let key): key
            case .index(let index): String(index)
            }
        }
    }

    /// Whether a path leads to the field or to something below it.
    package func covers(_ path: DocumentPath) -> Bool {
        guard path.steps.count >= steps.count else { return false }
        return zip(steps, path.steps).allSatisfy { pattern, step in
            switch step {
            case .key(let key): TextPattern.matches(key, pattern)
            case .index(let index): pattern == "*" || pattern == String(index)
            }
        }
    }
}

/// Texts in which `*` stands for any characters.
package enum TextPattern {
    /// Whether a text fits a pattern. The time is bounded by the product of the lengths.
    package static func matches(_ text: String, _ pattern: String) -> Bool {
        if pattern == "*" || pattern == text { return true }
        if !pattern.utf8.contains(UInt8(ascii: "*")) { return false }
        let text = Array(text.utf8), pattern = Array(pattern.utf8)
        var position = 0, next = 0, star: (pattern: Int, text: Int)?
        while position < text.count {
            if next < pattern.count, pattern[next] == UInt8(ascii: "*") {
                star = (next + 1, position)
                next += 1
            } else if next < pattern.count, pattern[next] == text[position] {
                next += 1
                position += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                (next, position) = (last.pattern, last.text + 1)
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

/// Dates as `2027-01-31`, which compare as texts do.
package enum CalendarDate {
    /// Whether a text is a day of the calendar.
    package static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2] else { return false }
        let numbers = parts.compactMap { $0.allSatisfy(\.isASCIIDigit) ? Int($0) : nil }
        guard numbers.count == 3, (1...12).contains(numbers[1]) else { return false }
        let isLeap = numbers[0] % 4 == 0 && (numbers[0] % 100 != 0 || numbers[0] % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[numbers[1] - 1]).contains(numbers[2])
    }

    /// The day of a moment in UTC, given in nanoseconds since 1970-01-01.
    package static func day(ofNanoseconds time: Int64) -> String {
        var days = Int(time / 86_400_000_000_000)
        if time < 0, time % 86_400_000_000_000 != 0 { days -= 1 }
        // Years that begin in March, in eras of 400 years.
        let shifted = days + 719_468, era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let day = shifted - era * 146_097
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
        let ofYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let number = ofYear - (153 * month + 2) / 5 + 1
        let calendarMonth = month < 10 ? month + 3 : month - 9
        let calendarYear = year + era * 400 + (calendarMonth <= 2 ? 1 : 0)
        func padded(_ value: Int, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return "\(padded(calendarYear, 4))-\(padded(calendarMonth, 2))-\(padded(number, 2))"
    }
}
