package import Diagnostics
package import Rego
package import RegoRuntime

/// Compiles templates, each alone, so that a mistake in one spoils no other.
package enum TemplateCompiler {
    /// The first mistake of a template's Rego; nil when it is in order.
    package static func problem(of template: ConstraintTemplate, builtins: BuiltinTable) -> Diagnostic? {
        var (_, problems) = compile(template, builtins: builtins)
        problems.removeAll { $0.severity != .error }
        guard var first = problems.first else { return nil }
        if first.message.contains("external_data") {
            first.hint = "external_data asks a server while objects are judged, which Lintel does not do"
        }
        return first
    }

    /// The engine of a template alone, for its tests.
    package static func compile(
        _ template: ConstraintTemplate, builtins: BuiltinTable
    ) -> (engine: Engine?, problems: [Diagnostic]) {
        Engine.compile(parsed: template.modules, entrypoints: [template.entrypoint], builtins: builtins)
    }
}
