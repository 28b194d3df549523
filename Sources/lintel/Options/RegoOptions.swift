import ArgumentParser
import Authoring
import Diagnostics
import Rego
import RegoRuntime
import RegoSyntax

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The options that load Rego modules and data, with the names `opa` gives them.
struct RegoOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("data")],
        help: ArgumentHelp(
            "A Rego, JSON or YAML file or a folder of them; prefix.path:file loads data below a path; repeatable.",
            valueName: "path"))
    var data: [String] = []

    @Option(help: ArgumentHelp("Leave out files that match this glob; repeatable.", valueName: "glob"))
    var ignore: [String] = []

    @OptionGroup var verification: VerificationOptions

    @Flag(name: .customLong("v0-compatible"), help: "Read modules as Rego v0.")
    var isV0 = false

    @Flag(help: "Make unused variables and imports and deprecated builtins errors.")
    var strict = false

    @Flag(name: .customLong("strict-builtin-errors"), help: "End the evaluation with the first error of a builtin.")
    var strictBuiltinErrors = false

    @Option(
        help: ArgumentHelp(
            "Stop an evaluation after this time, such as 5s or 500ms; a bare number is seconds.", valueName: "duration"))
    var timeout: DurationArgument?

    @Option(name: .customLong("max-steps"), help: ArgumentHelp("Stop an evaluation after this many steps.", valueName: "count"))
    var maximumSteps = 1_000_000_000

    @Option(
        name: .customLong("max-memory"),
        help: ArgumentHelp("Stop an evaluation that makes more values than this many MiB.", valueName: "MiB"))
    var maximumMemory = 512

    var version: RegoVersion { isV0 ? .v0 : .v1 }

    var budget: Budget {
        Budget(instructions: maximumSteps, memory: maximumMemory << 20, time: timeout?.nanoseconds)
    }

    /// What `--data` and the paths name, and the bundles.
    func files(_ paths: [String] = [], bundles: [String] = []) throws -> PolicyFiles {
        PolicyFiles.load(data + paths, bundles: bundles, with: try verification.loader(version), ignoring: ignore)
    }

    var compileOptions: CompileOptions {
        var options = CompileOptions()
        options.isStrict = strict
        return options
    }
}
