import Documents
import GoLibrary
import GoTemplate

extension Builtins {
    /// Text templates (OPA policy reference, "Strings").
    static let templates: [Builtin] = [
        Builtin(
            "strings.render_template", help: "(template, values) A Go template filled in with values.", .string,
            .object(.string, .any), returns: .string, work: .content(perKibibyte: 4096)
        ) { call in
            guard let text = call.stringOperand(0), let values = call.objectOperand(1) else { return .undefined }
            guard call.mayWrite(values) else { return .undefined }
            if let problem = problem(of: values) { return call.fail(problem) }
            do {
                return call.arena.string(try render(Array(text.utf8), values, call.context))
            } catch {
                if !call.context.spend(0) { return call.stopped() }
                return call.fail((error as? TemplateProblem)?.message ?? "\(error)")
            }
        }
    ]

    /// The name that OPA gives every template.
    private static let name = "template"

    private static func render(_ text: [UInt8], _ values: Value, _ context: EvaluationContext) throws -> String {
        var set = TemplateSet(functions: GoFunctions.builtins)
        try set.parse(TemplateSource(name: name, bytes: text))
        var limits = TemplateRun.Limits()
        // Far less than Go allows; templates that call themselves end here before the stack does.
        limits.depth = 150
        limits.steps = .max
        limits.made = max(0, context.memoryLimit - context.arena.used)
        limits.output = limits.made
        let run = TemplateRun(set, missingKey: .invalid, limits: limits)
        // Asked every 256 nodes, each of which costs about as much as 50 instructions.
        run.isCancelled = { !context.spend(256 * 50) }
        guard let body = set[name] else { return "" }
        let output = try run.execute(body, GoValue(values)).bytes
        // What Go prints for no value, and what OPA makes of it.
        return String(decoding: output, as: UTF8.self).replacing("<no value>", with: "<undefined>")
    }

    /// Why the variables cannot be written as JSON, in whose form OPA hands them to the template.
    private static func problem(of value: Value) -> String? {
        if isJSON(value) { return nil }
        return Array(RegoTermWriter.string(value).utf8).withUnsafeBufferPointer { GoJSONProblem.message(for: $0) }
    }

    private static func isJSON(_ quoted: String) -> Bool {
        Array(quoted.utf8).withUnsafeBufferPointer { bytes in
            (try? JSONReader.value(bytes, in: Arena.make(capacity: 64))) != nil
        }
    }

    private static func isJSON(_ value: Value) -> Bool {
        switch value.kind {
        case .set: false
        case .array: value.elements.allSatisfy(isJSON)
        case .object: value.keys.allSatisfy { $0.kind == .string && isJSON($0) } && value.values.allSatisfy(isJSON)
        // Go's escapes of characters that do not print, `\x00`, are not JSON's.
        case .string: value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } || isJSON(GoText.quoted(Array(value.utf8)))
        default: true
        }
    }
}

extension GoValue {
    /// A policy's value as OPA hands it over: numbers as texts of type `json.Number`.
    fileprivate init(_ value: Value) {
        switch value.kind {
        case .undefined, .node: self = .missing
        case .null: self = .null
        case .bool: self = .bool(value.isTrue)
        case .int, .decimal: self.init(.numberText(RegoTermWriter.string(value)))
        case .string: self = .string(value.string)
        case .array, .set: self = .list(value.elements.map { GoValue($0) })
        case .object: self = .map(GoMap(zip(value.keys, value.values).map { ($0.string, GoValue($1)) }))
        }
    }
}
