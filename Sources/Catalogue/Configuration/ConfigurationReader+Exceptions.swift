import Diagnostics
import Documents
import Inputs

extension ConfigurationReader {
    private static let exceptionKeys = [
        "policy", "reason", "owner", "until", "expires", "path", "kind", "namespace", "name", "container", "field",
    ]

    mutating func readExceptions(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .array else { return report("exceptions is a list of accepted violations", at: path) }
        for (index, item) in value.elements.enumerated() { readException(item, path + [.index(index)]) }
    }

    private mutating func readException(_ item: Value, _ path: [DocumentPath.Step]) {
        guard item.kind == .object else {
            return report("policy, reason and where the exception holds are expected", at: path)
        }
        var entry = ExceptionEntry(), isSound = true
        for (index, key) in item.keys.enumerated() {
            let value = item.values[index], place = path + [.key(key.string)]
            if key.string == "policy" {
                entry.policies = exceptionPolicies(value, place)
                continue
            }
            guard Self.exceptionKeys.contains(key.string) else {
                reportUnknown(key.string, among: Self.exceptionKeys, at: place)
                isSound = false
                continue
            }
            // A date without quotes is text too.
            guard let text = value.stringValue, !text.isEmpty else {
                report("a text is expected", at: place)
                isSound = false
                continue
            }
            if !set(key.string, text, in: &entry, place) { isSound = false }
        }
        if item.field("policy").isUndefined { report("an exception names its policy", at: path) }
        if item.field("reason").isUndefined { report("an exception has a reason", at: path) }
        entry.range = range(at: path)
        if isSound, !entry.policies.isEmpty, !entry.reason.isEmpty { configuration.exceptions.append(entry) }
    }

    private mutating func set(
        _ key: String, _ text: String, in entry: inout ExceptionEntry, _ place: [DocumentPath.Step]
    ) -> Bool {
        switch key {
        case "reason": entry.reason = text
        case "owner": entry.owner = text
        case "until", "expires":
            guard CalendarDate.isValid(text) else {
                report("a date such as 2027-01-31 is expected", at: place)
                return false
            }
            entry.until = text
        case "path": entry.path = PathGlob(text)
        case "kind": entry.kind = text
        case "namespace": entry.namespace = text
        case "name": entry.name = text
        case "container": entry.container = text
        case "field":
            guard let field = FieldPattern(text) else {
                report("the path of a field such as spec.containers[*].securityContext is expected", at: place)
                return false
            }
            entry.field = field
        default: break
        }
        return true
    }

    private mutating func exceptionPolicies(_ value: Value, _ path: [DocumentPath.Step]) -> [String] {
        let items = value.kind == .array ? Array(value.elements) : [value]
        if items.isEmpty { report("an exception names its policy", at: path) }
        return items.enumerated().compactMap { index, item in
            let place = value.kind == .array ? path + [.index(index)] : path
            if let text = item.stringValue, text.contains("*") { return text }
            return policy(item, place, onKey: false)?.id
        }
    }

    mutating func readUnsuppressible(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .array else { return report("noExceptions is a list of policies", at: path) }
        for (index, element) in value.elements.enumerated() {
            if let policy = policy(element, path + [.index(index)], onKey: false) {
                configuration.noExceptions.insert(policy.id)
            }
        }
    }

    mutating func flag(_ value: Value, _ path: [DocumentPath.Step]) -> Bool? {
        if value.kind == .bool { return value.isTrue }
        report("true or false is expected", at: path)
        return nil
    }
}
