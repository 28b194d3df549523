package import RegoSyntax
import Documents

/// Syntax trees as indented JSON with members in their order.
package enum SyntaxText {
    package static func pretty(_ json: SyntaxJSON) -> String {
        var text = ""
        write(json, "\n", &text)
        return text
    }

    private static func write(_ json: SyntaxJSON, _ line: String, _ text: inout String) {
        switch json {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let number): text += number
        case .string(let string): text += quoted(string)
        case .array(let elements): list(elements, "[", "]", line, &text) { write($0, line + "  ", &$1) }
        case .object(let members):
            list(members, "{", "}", line, &text) { member, text in
                text += quoted(member.name) + ": "
                write(member.value, line + "  ", &text)
            }
        }
    }

    private static func list<Element>(
        _ elements: [Element], _ open: String, _ close: String, _ line: String, _ text: inout String,
        _ write: (Element, inout String) -> Void
    ) {
        if elements.isEmpty { return text += open + close }
        text += open
        for (index, element) in elements.enumerated() {
            text += (index > 0 ? "," : "") + line + "  "
            write(element, &text)
        }
        text += line + close
    }

    private static func quoted(_ string: String) -> String {
        let owner = Document { $0.string(string) }
        return JSONWriter.string(owner.root)
    }
}
