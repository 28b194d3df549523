package import Diagnostics
package import Rego
package import RegoSyntax

/// Tells people whose module is Rego v0 so, where it is read as v1.
package enum V0Hint {
    /// The problems; the first of each file that cannot be read as v1 and can as v0 has a hint.
    package static func added(to problems: [Diagnostic], sources: [ModuleSource], options: CompileOptions) -> [Diagnostic] {
        var problems = problems
        var seen: Set<ObjectIdentifier> = []
        for index in problems.indices where problems[index].code == "rego_parse_error" && problems[index].hint == nil {
            guard let file = problems[index].range?.file, seen.insert(ObjectIdentifier(file)).inserted,
                let source = sources.first(where: { $0.file === file }), source.version == .v1,
                !Parser.parseModule(file, version: .v0, options: options.parser).1.contains(where: { $0.severity == .error })
            else { continue }
            problems[index].hint =
                "the file is valid Rego v0: rewrite it with lintel fmt --v0-v1 -w, or read it with --v0-compatible"
        }
        return problems
    }

    /// The problems of a file that is read as `version`, with the same hint.
    package static func added(
        to problems: [Diagnostic], of file: SourceFile, version: RegoVersion, options: ParserOptions = ParserOptions()
    ) -> [Diagnostic] {
        var compile = CompileOptions()
        compile.parser = options
        return added(to: problems, sources: [ModuleSource(file: file, version: version)], options: compile)
    }
}
