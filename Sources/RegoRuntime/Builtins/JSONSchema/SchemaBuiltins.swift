import Documents
import GoLibrary
import JSONSchema

extension Builtins {
    private static let source = RegoType.union([.string, .anyObject])
    private static let failure = RegoType.object(
        static: ["desc", "error", "field", "type"].map { RegoType.Property($0, .string) }, dynamic: nil)

    /// JSON Schema (OPA policy reference, "Object": `json.match_schema`, `json.verify_schema`).
    static let jsonSchemas: [Builtin] = [
        Builtin(
            "json.verify_schema", help: "(schema) Whether a JSON Schema is one, and why not.", source,
            returns: .array(static: [.boolean, .union([.null, .string])], dynamic: nil), work: .content(perKibibyte: 16_384)
        ) {
            call in
            let arena = call.arena
            do throws(SchemaReferences.Problem) {
                _ = try schema(call[0], call)
                return arena.array([.true, .null])
            } catch { return arena.array([.false, arena.string("jsonschema: " + error.message)]) }
        },
        Builtin(
            "json.match_schema", help: "(document, schema) Whether a document fits a JSON Schema, and what does not.", source,
            source,
            returns: .array(static: [.boolean, .array(of: failure)], dynamic: nil), work: .content(perKibibyte: 4096)
        ) { call in
            do throws(SchemaReferences.Problem) {
                let document = try value(call[0], call, allowsArray: true)
                let root = try value(call[1], call, allowsArray: false)
                let found = try JSONSchemas.failures(
                    of: document, schema: root, texts: texts(call),
                    isCancelled: { [context = call.context] in !context.spend(20) })
                let arena = call.arena
                let failures = found.map { failure in
                    arena.object([
                        "error": arena.string("\(failure.field): \(failure.description)"),
                        "type": arena.string(failure.type), "field": arena.string(failure.field),
                        "desc": arena.string(failure.description),
                    ])
                }
                return arena.array([.bool(failures.isEmpty), arena.array(failures)])
            } catch { return call.fail(error.message) }
        },
    ]

    private static func texts(_ call: BuiltinCall) -> RegexCache {
        call.context.regexes
    }

    private static func schema(_ operand: Value, _ call: BuiltinCall) throws(SchemaReferences.Problem) -> SchemaReferences {
        try JSONSchemas.checked(try value(operand, call, allowsArray: false), texts: texts(call))
    }

    /// The value as OPA hands it on: by way of JSON, which makes arrays of sets and texts of keys.
    private static func plain(_ value: Value, _ call: BuiltinCall) throws(SchemaReferences.Problem) -> Value {
        if value.isJSON { return value }
        var text: [UInt8] = []
        JSONWriter.append(value, to: &text)
        guard call.context.hasRoom(for: text.count * 4),
            let copy = text.withUnsafeBufferPointer({ try? JSONReader.value($0, in: call.arena) })
        else { throw SchemaReferences.Problem(message: "memory limit exceeded") }
        return copy
    }

    /// A document given as a value or as JSON text.
    private static func value(
        _ operand: Value, _ call: BuiltinCall, allowsArray: Bool
    ) throws(SchemaReferences.Problem) -> Value {
        switch operand.kind {
        case .object: return try plain(operand, call)
        case .array where allowsArray: return try plain(operand, call)
        case .array: throw SchemaReferences.Problem(message: "schema is invalid")
        case .string:
            guard let value = try? JSONReader.value(operand.utf8, in: call.arena) else {
                throw SchemaReferences.Problem(message: "invalid JSON string")
            }
            return value
        default: throw SchemaReferences.Problem(message: "wrong type, expected string or object")
        }
    }
}

extension Value {
    /// Whether JSON can hold the value as it is.
    fileprivate var isJSON: Bool {
        switch kind {
        case .set, .node: false
        case .array: elements.allSatisfy(\.isJSON)
        case .object: keys.allSatisfy { $0.kind == .string } && values.allSatisfy(\.isJSON)
        default: true
        }
    }
}

extension RegexCache: SchemaTexts {
    func isValid(_ pattern: Value) -> Bool { self[pattern].problem == nil }

    func matches(_ pattern: Value, _ text: Value) -> Bool {
        let compiled = self[pattern]
        return compiled.problem == nil && text.kind == .string && compiled.matches(text.utf8)
    }

    func accepts(_ text: Value, format: String) -> Bool { SchemaFormat.accepts(text, format, self) }

    /// As Go prints a `big.Float`: plain from 0.0001 up to a million, else with an exponent.
    func shown(_ number: Value) -> String {
        let decimal = NumberText.Decimal(number)
        let digits = String(decoding: decimal.digits.map { $0 + 0x30 }, as: UTF8.self)
        let (sign, point) = (decimal.isNegative ? "-" : "", decimal.exponent)
        if digits.isEmpty { return "0" }
        if point - 1 < -4 || point - 1 >= 6 {
            let power = String(abs(point - 1))
            return sign + digits.prefix(1) + (digits.utf8.count > 1 ? "." : "") + digits.dropFirst() + "e"
                + (point < 1 ? "-" : "+") + (power.utf8.count < 2 ? "0" : "") + power
        }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if digits.utf8.count <= point { return sign + digits + String(repeating: "0", count: point - digits.utf8.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }
}
