import Catalogue
import RegoRuntime

/// Signature and meaning of the builtins: types, names and sentences as they declare them.
enum BuiltinHelp {
    struct Entry: Sendable {
        var name: String
        var category: String
        var signature: String
        var infix: String?
        var text: String
    }

    static let json: JSON = .object([
        (
            "builtins",
            .array(
                all.map { entry in
                    .members([
                        "name": .string(entry.name), "category": .string(entry.category), "signature": .string(entry.signature),
                        "infix": entry.infix.map(JSON.string),
                        "text": .string(entry.text),
                    ])
                })
        )
    ])

    /// By name.
    static let all: [Entry] = PolicyBuiltins.offline.builtins.sorted { $0.name < $1.name }.map { builtin in
        Entry(
            name: builtin.name, category: builtin.category, signature: signature(of: builtin), infix: builtin.infix,
            text: builtin.summary)
    }

    static let byName: [String: Entry] = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    private static func signature(of builtin: Builtin) -> String {
        let names = builtin.argumentNames
        var arguments = builtin.arguments.enumerated().map { index, type in
            "\(index < names.count ? names[index] : "x\(index + 1)"): \(type.short)"
        }
        if builtin.variadic != nil || builtin.name == "internal.print" { arguments = ["…"] }
        let result = builtin.result.map { " → \($0.short)" } ?? ""
        return "\(builtin.name)(\(arguments.joined(separator: ", ")))\(result)"
    }
}

extension RegoType {
    /// As signatures show it.
    var short: String {
        switch self {
        case .any: "any"
        case .null: "null"
        case .boolean: "boolean"
        case .number: "number"
        case .string: "string"
        case .array(_, .some(.any)): "array"
        case .array(_, .some(let element)): "array[\(element.short)]"
        case .array: "array"
        case .set(.any): "set"
        case .set(let element): "set[\(element.short)]"
        case .object: "object"
        case .union(let members): members.isEmpty ? "any" : members.map(\.short).joined(separator: " | ")
        }
    }
}
