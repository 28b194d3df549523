import Documents

extension Builtins {
    /// Text templates (OPA policy reference, "Strings").
    static let templates: [Builtin] = [
        Builtin(
            "strings.render_template", help: "(template, values) A Go template filled in with values.", .string,
            .object(.string, .any), returns: .string
        ) { call in
            guard let text = call.stringOperand(0), let values = call.objectOperand(1) else { return .undefined }
            if let problem = problem(of: values) { return call.fail(problem) }
            do throws(Template.Problem) {
                let template = try Template(Array(text.utf8))
                var renderer = TemplateRenderer(template, root: values, context: call.context)
                return call.arena.string(try renderer.run())
            } catch {
                return call.context.isCancelled() ? call.cancelled() : call.fail(error.message)
            }
        }
    ]

    /// Why the variables cannot be written as JSON, in whose form OPA hands them to the template.
    private static func problem(of value: Value) -> String? {
        if isJSON(value) { return nil }
        return Array(RegoTermWriter.string(value).utf8).withUnsafeBufferPointer { GoJSONProblem.message(for: $0) }
    }

    private static func isJSON(_ value: Value) -> Bool {
        switch value.kind {
        case .set: false
        case .array: value.elements.allSatisfy(isJSON)
        case .object: value.keys.allSatisfy { $0.kind == .string } && value.values.allSatisfy(isJSON)
        default: true
        }
    }
}
