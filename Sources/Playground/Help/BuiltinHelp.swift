import Catalogue
import RegoRuntime

/// Signature and meaning of the builtins: their types as declared, names and sentences of `content/help/builtins.txt`.
enum BuiltinHelp {
    struct Entry: Sendable {
        var name: String
        var signature: String
        var infix: String?
        var text: String
    }

    static let json: JSON = .object([("builtins", .array(all.map { entry in
        .members([
            "name": .string(entry.name), "signature": .string(entry.signature), "infix": entry.infix.map(JSON.string),
            "text": .string(entry.text),
        ])
    }))])

    /// By name.
    static let all: [Entry] = {
        var lines: [Substring: (names: Substring, text: Substring)] = [:]
        for line in Assets.text("content/help/builtins.txt").split(separator: "\n") {
            guard let open = line.firstIndex(of: "("), let close = line.firstRange(of: "): ") else { continue }
            lines[line[..<open]] = (line[line.index(after: open)..<close.lowerBound], line[close.upperBound...])
        }
        return PolicyBuiltins.offline.builtins.sorted { $0.name < $1.name }.map { builtin in
            let line = lines[Substring(builtin.name)]
            let names = line?.names.split(separator: ", ").map(String.init) ?? []
            return Entry(
                name: builtin.name, signature: signature(of: builtin, names), infix: builtin.infix,
                text: String(line?.text ?? ""))
        }
    }()

    static let byName: [String: Entry] = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    private static func signature(of builtin: Builtin, _ names: [String]) -> String {
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
