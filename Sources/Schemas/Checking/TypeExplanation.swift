import Diagnostics
import Documents

/// Says why a value has another type than its author thought, and how to write it.
enum TypeExplanation {
    static func of(_ node: Node, wanted shape: Shape) -> (message: String, hint: String?) {
        let value = node.value
        let written = written(node)
        let message =
            "\(node.name) takes \(shape.phrase), and \(described(value, written)) is \(Wording.kind(of: value))"
        return (message, hint(value, written, shape))
    }

    /// The scalar as it stands in the file; nil where it is not known.
    private static func written(_ node: Node) -> String? {
        let document = node.inspection.document
        guard !node.value.isCollection, let range = document.range(document.place(at: node.path).span),
            range.end > range.start, range.end - range.start <= 80
        else { return nil }
        let text = range.text
        return text.contains("\n") ? nil : text
    }

    private static func described(_ value: Value, _ written: String?) -> String {
        if let written { return written }
        return value.isCollection ? "what stands here" : Wording.shown(value)
    }

    private static func hint(_ value: Value, _ written: String?, _ shape: Shape) -> String? {
        switch (value.kind, shape.form) {
        case (.bool, .string), (.int, .string), (.decimal, .string):
            let text = written ?? JSONWriter.string(value)
            return "put it in quotes: \"\(text)\"" + reason(value, text)
        case (.string, .boolean):
            let text = value.string
            if ["true", "false"].contains(text.lowercased()) { return "remove the quotes: \(text.lowercased())" }
            return "write true or false without quotes"
        case (.string, .int32), (.string, .int64), (.string, .number):
            let text = value.string
            return Int(text) != nil ? "remove the quotes: \(text)" : "write a number without quotes"
        case (.decimal, .int32), (.decimal, .int64): return "write it without a fraction"
        case (.string, .array), (.int, .array), (.bool, .array), (.decimal, .array):
            return "begin the entry with a dash: - \(written ?? Wording.shown(value))"
        case (.object, .array):
            return shape.element?.fields.contains { $0.name == "name" } == true
                ? "begin each entry with a dash: - name: …" : "begin each entry with a dash"
        case (.array, .map): return "write key: value lines without dashes"
        case (.array, .object): return "remove the dash"
        default: return nil
        }
    }

    /// Why YAML read the word so.
    private static func reason(_ value: Value, _ text: String) -> String {
        switch value.kind {
        case .bool where !["true", "false"].contains(text.lowercased()):
            return "; YAML reads \(text) as a boolean"
        case .decimal: return "; YAML reads it as a number and may drop zeros"
        case .int where text.hasPrefix("0") && text.count > 1: return "; YAML reads the leading 0 as octal"
        default: return ""
        }
    }
}
