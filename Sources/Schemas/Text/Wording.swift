import Diagnostics
import Documents

/// Words for values and choices in messages.
enum Wording {
    static let longest = 60

    /// A text in quotes, cut when it is long.
    static func quoted(_ text: String) -> String {
        var shown = ""
        for (count, scalar) in text.unicodeScalars.enumerated() {
            if count == longest {
                shown += "…"
                break
            }
            if scalar == "\"" || scalar == "\\" { shown += "\\" }
            if scalar.value < 0x20 || scalar.value == 0x7F {
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return "\"\(shown)\""
    }

    /// `A, B or C`; only the first of a long list.
    static func choice(_ values: [String]) -> String {
        let shown = values.map { $0.isEmpty ? "\"\"" : $0 }
        if shown.count > 12 {
            return "one of " + shown.prefix(10).joined(separator: ", ") + " and \(shown.count - 10) more"
        }
        guard shown.count > 1 else { return shown.first ?? "nothing" }
        return shown.dropLast().joined(separator: ", ") + " or " + shown[shown.count - 1]
    }

    /// What a value is: `a list`, `true or false`.
    static func kind(of value: Value) -> String {
        switch value.kind {
        case .undefined: "nothing"
        case .null: "null"
        case .bool: "a boolean"
        case .int: "a number"
        case .decimal: "a number"
        case .string: "text"
        case .array: "a list"
        case .object: "a mapping"
        case .set, .node: "another value"
        }
    }

    /// A value as short JSON.
    static func shown(_ value: Value) -> String {
        switch value.kind {
        case .string: quoted(value.string)
        case .array: "a list of \(value.count)"
        case .object: "a mapping"
        default: JSONWriter.string(value)
        }
    }
}
