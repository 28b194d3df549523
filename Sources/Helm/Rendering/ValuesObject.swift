import GoLibrary
import GoTemplate

/// What `.Values` has besides its members: the methods of Helm's `common.Values` (pkg/chart/common/values.go).
final class ValuesObject: GoObject {
    static let methods = TemplateRun.ValuesMethods(["AsMap", "YAML", "Table", "PathValue"]) { ValuesObject($0) }

    private let map: GoMap

    private init(_ map: GoMap) { self.map = map }

    let typeName = "common.Values"
    var text: String { GoPrint.text(.map(map)) }
    func field(_ name: String) -> GoValue? { nil }
    func hasMethod(_ name: String) -> Bool { true }

    func call(_ name: String, _ arguments: [GoValue]) throws -> GoValue {
        let wanted = name == "Table" || name == "PathValue" ? 1 : 0
        guard arguments.count == wanted else {
            throw FunctionFailure("wrong number of args for \(name): want \(wanted) got \(arguments.count)")
        }
        switch name {
        case "AsMap": return .map(map)
        case "YAML": return .string(YAMLForm.text(.map(map)).asString.map { $0 + "\n" } ?? "")
        default:
            guard let path = arguments[0].asString else {
                throw FunctionFailure("wrong type for value; expected string; got \(arguments[0].typeName(dynamic: true))")
            }
            let steps = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            return name == "Table" ? .values(try table(steps[...])) : try value(at: steps, of: path)
        }
    }

    private func table(_ steps: ArraySlice<String>) throws -> GoMap {
        try steps.reduce(map) { table, step in
            guard let inner = table[step]?.asMap else { throw FunctionFailure("\(GoText.quoted(step)) is not a table") }
            return inner
        }
    }

    private func value(at steps: [String], of path: String) throws -> GoValue {
        if path.isEmpty { throw FunctionFailure("YAML path cannot be empty") }
        let last = steps[steps.count - 1]
        guard let value = (try? table(steps.dropLast()))?[last], value.asMap == nil else {
            throw FunctionFailure("\(GoText.quoted(last)) is not a value")
        }
        return value
    }
}
