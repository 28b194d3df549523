import GoLibrary

/// The functions that every template has (Go's `text/template`, "Functions").
package enum GoFunctions {
    package static let builtins: [String: TemplateFunction] = {
        let all = [
            builtin("and", 1, open: true) { $0[0] }, builtin("or", 1, open: true) { $0[0] },
            builtin("not", 1) { .bool(!$0[0].isTrue) },
            builtin("eq", 1, open: true) { .bool(try GoComparison.equal($0.arguments)) },
            builtin("ne", 2) { .bool(!(try GoComparison.equal($0.arguments))) },
            builtin("lt", 2) { .bool(try GoComparison.isLess($0.arguments)) },
            builtin("le", 2) { .bool(try GoComparison.isLessOrEqual($0.arguments)) },
            builtin("gt", 2) { .bool(!(try GoComparison.isLessOrEqual($0.arguments))) },
            builtin("ge", 2) { .bool(!(try GoComparison.isLess($0.arguments))) },
            builtin("len", 1) { .int(try length($0[0])) },
            builtin("index", 1, open: true, .own) { try GoIndexing.index($0.arguments) },
            builtin("slice", 1, open: true) { try GoIndexing.slice($0.arguments) },
            builtin("print", 0, open: true) { GoPrint.joined($0.arguments) },
            builtin("println", 0, open: true) {
                .string($0.arguments.map(GoPrint.text).joined(separator: " ") + "\n")
            },
            TemplateFunction("printf", [.string], rest: .any) { call in
                let room = 64 << 20
                let bytes = GoFormatter.bytes(call[0].asBytes ?? [], Array(call.arguments.dropFirst()), limit: room)
                if bytes.count > room { throw FunctionFailure("the text is over the memory limit of 64 MB") }
                return GoValue.text(bytes)
            },
            builtin("html", 0, open: true) { .string(escaped($0.arguments, html)) },
            builtin("js", 0, open: true) { .string(escaped($0.arguments, script)) },
            builtin("urlquery", 0, open: true) { .string(URLText.queryEscaped(flat($0.arguments))) },
            builtin("call", 1, open: true) { call in
                if call[0].isNil { throw FunctionFailure("call of nil") }
                throw FunctionFailure("non-function \(call.callee) of type \(call[0].typeName(dynamic: true))")
            },
        ]
        return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
    }()

    private static func builtin(
        _ name: String, _ least: Int, open: Bool = false, _ origin: TemplateFunction.OriginRule = .search,
        _ body: @escaping TemplateFunction.Body
    ) -> TemplateFunction {
        let parameters = [TemplateFunction.Parameter](repeating: .any, count: least)
        return TemplateFunction(name, parameters, rest: open ? .any : nil, origin: origin, isBuiltin: true, body)
    }

    private static func length(_ value: GoValue) throws -> Int {
        switch value.content {
        case .missing: throw FunctionFailure("reflect: call of reflect.Value.Type on zero Value")
        case .null: throw FunctionFailure("len of nil pointer")
        case .string(let text), .numberText(let text): return text.utf8.count
        case .bytes(let bytes): return bytes.count
        case .list(let list): return list.items.count
        case .map(let map): return map.count
        case .object(let object):
            if let list = object.list { return list.items.count }
            if let members = object.members, object.kindName == "map" { return members.count }
            fallthrough
        default: throw FunctionFailure("len of type \(value.typeName(dynamic: true))")
        }
    }

    /// The text of the arguments; what is missing shows as such.
    private static func flat(_ arguments: [GoValue]) -> String {
        GoPrint.joined(arguments.map { $0.isNil ? .string("<no value>") : $0 }).asString ?? ""
    }

    private static func escaped(_ arguments: [GoValue], _ escape: (Unicode.Scalar) -> String?) -> String {
        flat(arguments).unicodeScalars.map { escape($0) ?? String($0) }.joined()
    }

    private static func html(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "<": "&lt;"
        case ">": "&gt;"
        case "&": "&amp;"
        case "'": "&#39;"
        case "\"": "&#34;"
        case "\0": "\u{FFFD}"
        default: nil
        }
    }

    private static func script(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\\", "'", "\"": return "\\\(scalar)"
        case "<", ">", "&", "=": break
        default:
            let isPlain = scalar.value < 0x80 ? scalar.value >= 0x20 : GoText.isPrintable(scalar)
            if isPlain { return nil }
        }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
