import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax

/// Evaluates ground terms such as `concat(",", ["a", lower("B")])` by calling the builtins directly.
final class BuiltinCalls {
    static let table = BuiltinTable(Builtins.standard)
    let context = EvaluationContext()
    private(set) var failure: BuiltinFailure?

    /// The value of the text as OPA writes terms, `undefined`, or the first failure as `code: builtin: message`.
    static func result(of text: String, memoryLimit: Int = 64 << 20) -> String {
        let calls = BuiltinCalls()
        calls.context.memoryLimit = memoryLimit
        let (term, problems) = Parser.parseTerm(SourceFile(path: "term", text: text))
        guard let term else { return "parse: \(problems.map(\.message))" }
        let value = calls.evaluate(term)
        if let failure = calls.failure { return "\(failure.kind.rawValue): \(failure.message)" }
        return value.isUndefined ? "undefined" : calls.text(of: value)
    }

    /// OPA's text of a value, through `sprintf`, with strings in quotes.
    private func text(of value: Value) -> String {
        let shown = call("sprintf", [context.arena.string("%v"), context.arena.array([context.arena.array([value])])])
        return String(shown.string.dropFirst().dropLast())
    }

    func evaluate(_ term: Term) -> Value {
        let arena = context.arena
        switch term.value {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .number(let text): return NumberText.value(text, in: arena)
        case .string(let text): return arena.string(text)
        case .array(let terms): return arena.array(terms.map(evaluate))
        case .set(let terms): return arena.set(terms.map(evaluate))
        case .object(let items):
            return arena.object(items.map { ObjectEntry(key: evaluate($0.key), value: evaluate($0.value)) })
        case .call(let call):
            if call.operator.builtinName == "set" { return arena.set([Value]()) }
            return self.call(call.operator.builtinName ?? "?", call.args.map(evaluate))
        default: return .undefined
        }
    }

    private func call(_ name: String, _ operands: [Value]) -> Value {
        guard failure == nil, !operands.contains(where: \.isUndefined) else { return .undefined }
        guard let builtin = Self.table[name] else {
            failure = BuiltinFailure(kind: .halt, message: "no builtin \(name)")
            return .undefined
        }
        return operands.withUnsafeBufferPointer { buffer in
            var call = BuiltinCall(operands: buffer, context: context)
            let result = builtin.call(&call)
            if var reason = call.failure {
                reason.message = "\(name): \(reason.message)"
                failure = reason
            }
            return result
        }
    }
}
