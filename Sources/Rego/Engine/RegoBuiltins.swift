import Diagnostics
import Documents
public import RegoRuntime
import RegoSyntax
import Text

/// The builtins that need the compiler's own parts.
public enum RegoBuiltins {
    public static let all: [Builtin] = [
        /// `rego.parse_module(filename, module)`: the syntax tree as OPA's JSON.
        Builtin(
            "rego.parse_module", help: "(name, module) The syntax tree of a Rego text.", .string, .string,
            returns: .object(.string, .any), work: .parsing
        ) { call in
            guard let name = call.text(0) else { return .undefined }
            // OPA numbers both operands 1.
            guard let text = call[1].stringValue else {
                return call.typeFailure("operand 1 must be string but got \(call[1].typeName)")
            }
            let file = SourceFile(path: name, text: text)
            let (module, problems) = Parser.parseModule(file)
            if let problem = problems.first(where: { $0.severity == .error }) {
                let line = problem.range.map { ":\($0.position.line)" } ?? ""
                return call.fail("1 error occurred: \(name)\(line): \(problem.code): \(problem.message)")
            }
            return value(ASTJSON.json(of: module), in: call.arena)
        },
        // The compiler puts the annotations in place of calls of these two.
        Builtin(
            "rego.metadata.chain", help: "() The annotations of the rule, its package and the packages above.",
            returns: .array(of: .any)
        ) { $0.fail("not called from a rule") },
        Builtin("rego.metadata.rule", help: "() The annotations of the rule.", returns: .any) {
            $0.fail("not called from a rule")
        },
    ].about("rego")

    private static func value(_ json: SyntaxJSON, in arena: Arena) -> Value {
        guard WorkMeter.charge(20) else { return .null }
        return switch json {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let text): NumberText.value(text, in: arena)
        case .string(let text): arena.string(text)
        case .array(let elements): arena.array(elements.map { value($0, in: arena) })
        case .object(let members):
            arena.object(members.map { ObjectEntry(key: arena.string($0.name), value: value($0.value, in: arena)) })
        }
    }
}
