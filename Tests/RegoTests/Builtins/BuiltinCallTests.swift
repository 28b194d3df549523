import Documents
import Foundation
import RegoRuntime
import Testing

/// Calls builtins directly and compares with the answers that OPA 1.20 gave, one call a line:
/// `name(arguments as JSON) => result`. `{"$set": […]}` is a set; an error is `code: name: message` with ⏎ for line breaks.
@Suite struct BuiltinCallTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../BuiltinCalls")
    static let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []

    @Test func tablesExist() { #expect(Self.files.count >= 4) }

    @Test(arguments: files)
    func table(file: URL) throws {
        let table = BuiltinTable(Builtins.standard)
        var problems: [String] = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
            guard let arrow = line.range(of: " => "), let open = line.firstIndex(of: "("),
                let builtin = table[String(line[..<open])]
            else {
                problems.append("no such builtin or no arrow: \(line)")
                continue
            }
            let arguments = line[line.index(after: open)..<line.index(before: arrow.lowerBound)]
            let wanted = line[arrow.upperBound...].replacing("⏎", with: "\n")
            if let problem = try Self.problem(of: builtin, arguments: String(arguments), wanted: String(wanted)) {
                problems.append("\(builtin.name)(\(arguments)): \(problem), want \(wanted)")
            }
        }
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    private static func problem(of builtin: Builtin, arguments: String, wanted: String) throws -> String? {
        let context = EvaluationContext()
        let operands = sets(in: try parse("[\(arguments)]", context.arena), context.arena)
        var call = BuiltinCall(operands: operands.elements, context: context)
        let result = builtin.call(&call)
        if let failure = call.failure {
            let text = "\(failure.kind.rawValue): \(builtin.name): \(failure.message)"
            return text == wanted ? nil : text
        }
        if result.isUndefined { return wanted == "undefined" ? nil : "undefined" }
        guard let expected = try? parse(wanted, context.arena) else { return JSONWriter.string(result) }
        let plain = try parse(JSONWriter.string(result), context.arena)
        return plain == expected ? nil : JSONWriter.string(result)
    }

    private static func parse(_ text: String, _ arena: Arena) throws -> Value {
        var copy = text
        return try copy.withUTF8 { try JSONReader.value($0, in: arena) }
    }

    private static func sets(in value: Value, _ arena: Arena) -> Value {
        switch value.kind {
        case .array: return arena.array(value.elements.map { sets(in: $0, arena) })
        case .object:
            let elements = value.field("$set")
            if elements.isDefined { return arena.set(elements.elements.map { sets(in: $0, arena) }) }
            return arena.object(
                zip(value.keys, value.values).map { ObjectEntry(key: $0, value: sets(in: $1, arena)) })
        default: return value
        }
    }
}
