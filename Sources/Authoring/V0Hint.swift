package import Diagnostics
package import Rego
package import RegoSyntax

/// Tells people whose module is Rego v0 so, where it is read as v1.
package enum V0Hint {
    /// The problem, with a hint when it is one of a file that cannot be read as v1 and can as v0.
    package static func added(to problem: Diagnostic, sources: [ModuleSource], options: CompileOptions) -> Diagnostic {
        guard let file = problem.range?.file, let source = sources.first(where: { $0.file === file }) else { return problem }
        return added(to: problem, version: source.version, options: options.parser)
    }

    /// The problem of a file that is read as `version`, with the same hint.
    package static func added(
        to problem: Diagnostic, version: RegoVersion, options: ParserOptions = ParserOptions()
    ) -> Diagnostic {
        guard version == .v1, problem.code == "rego_parse_error", problem.hint == nil, let file = problem.range?.file,
            !Parser.parseModule(file, version: .v0, options: options).1.contains(where: { $0.severity == .error })
        else { return problem }
        var problem = problem
        problem.hint = "the file is valid Rego v0: rewrite it with fmt --v0-v1 -w, or read it with --v0-compatible"
        return problem
    }
}
