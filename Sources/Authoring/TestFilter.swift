import Documents
import RegoRuntime

/// The pattern of `lintel test --run`, in RE2's syntax, anywhere in the test's path.
package struct TestFilter: Sendable {
    /// The pattern cannot be read.
    package struct BadPattern: Error, CustomStringConvertible {
        package var description: String
    }

    private let pattern: String

    package init(_ pattern: String) throws(BadPattern) {
        self.pattern = pattern
        if match("") == nil { throw BadPattern(description: "\"\(pattern)\" is not a regular expression") }
    }

    package func matches(_ path: String) -> Bool { match(path) ?? false }

    private func match(_ text: String) -> Bool? {
        guard let builtin = BuiltinTable(Builtins.standard)["regex.match"] else { return nil }
        let context = EvaluationContext()
        let operands = [context.arena.string(pattern), context.arena.string(text)]
        return operands.withUnsafeBufferPointer { buffer in
            var call = BuiltinCall(operands: buffer, context: context)
            let result = builtin.call(&call)
            return call.failure == nil ? result.isTrue : nil
        }
    }
}
