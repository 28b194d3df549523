import Documents
import Rego
import RegoRuntime

extension Judge {
    /// Whether the package of a rule makes an exception of it for the current input, as Conftest has it: `exception` holds
    /// lists of rules by their suffix.
    func isExcepted(_ slot: Int) -> Bool {
        guard let exception = set.exceptions[slot], case .value(let value) = evaluator.evaluate(exception.rule) else {
            return false
        }
        return Self.members(of: value).contains { list in
            Self.members(of: list).contains { name in name.stringValue == exception.name }
        }
    }

    private static func members(of value: Value) -> [Value] {
        switch value.kind {
        case .set, .array: Array(value.elements)
        case .object: Array(value.values)
        default: []
        }
    }
}
