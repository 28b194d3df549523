import ArgumentParser
import Authoring
import Catalogue
import Diagnostics
import Documents
import Rego
import RegoRuntime

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The options that say against what modules are compiled, with the names `opa` gives them.
struct CompilerOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "A JSON schema of the input, a folder of schemas that annotations name, or kubernetes:1.33 for the types of a release.",
            valueName: "path"))
    var schema: String?

    @Option(
        help: ArgumentHelp(
            "Compile for the builtins and features in this file, as opa capabilities writes it.", valueName: "file|version"))
    var capabilities: String?

    @Option(
        name: .customLong("env-allow"),
        help: ArgumentHelp("Let opa.runtime().env show this environment variable; repeatable.", valueName: "name"))
    var allowedVariables: [String] = []

    /// What modules are compiled with.
    struct Setup {
        var options: CompileOptions
        var builtins = PolicyBuiltins.table
        /// The hosts that the capabilities allow; nil when they do not say.
        var allowNet: [String]?
        var problems: [Diagnostic] = []
    }

    func setup(_ options: CompileOptions) -> Setup {
        var setup = Setup(options: options)
        if let schema {
            let (schemas, problems) = SchemaFiles.load(schema)
            setup.options.schemas = schemas
            setup.problems += problems
        }
        if let name = capabilities {
            let (found, problems) = CapabilitiesFile.load(name)
            setup.problems += problems
            found?.limit(&setup.options)
            if let found {
                setup.builtins = found.table(from: setup.builtins)
                setup.allowNet = found.allowNet
            }
        }
        return setup
    }

    /// What `opa.runtime` answers: the allowed variables; nil when none is.
    func runtime() -> Document? {
        if allowedVariables.isEmpty { return nil }
        return Document { arena in
            let entries = allowedVariables.compactMap { name in
                getenv(name).map { ObjectEntry(key: arena.string(name), value: arena.string(String(cString: $0))) }
            }
            return arena.object(["env": arena.object(entries)])
        }
    }
}
