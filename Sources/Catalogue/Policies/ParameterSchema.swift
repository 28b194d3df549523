import Documents
import JSONSchema
import RegoRuntime

/// Compares values of parameters with the JSON Schemas that policies give for them.
enum ParameterSchema {
    struct Problem {
        var message: String
        var path: [DocumentPath.Step] = []
    }

    /// The first thing about a value that its schema does not allow, or what is wrong with the schema.
    static func problem(of value: Value, schema: Value) -> Problem? {
        guard schema.kind == .object || schema.kind == .bool else { return nil }
        do throws(JSONSchemas.Problem) {
            guard let failure = try JSONSchemas.failures(of: value, schema: schema).first else { return nil }
            return Problem(message: failure.description, path: steps(failure.path, in: value))
        } catch {
            return Problem(message: "its schema cannot be used: \(error.message)")
        }
    }

    private static func steps(_ path: [String], in value: Value) -> [DocumentPath.Step] {
        var node = value
        var steps: [DocumentPath.Step] = []
        for name in path {
            if node.kind == .array, let index = Int(name), index >= 0, index < node.count {
                steps.append(.index(index))
                node = node.elements[index]
            } else {
                steps.append(.key(name))
                node = node.field(named: name)
            }
        }
        return steps
    }
}
