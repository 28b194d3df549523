import ArgumentParser
import Authoring
import ConfigurationFormats
import Diagnostics
import Inputs
import Rego
import RegoRuntime
import RegoSyntax

/// The options of `conftest test` about what is tested by what.
struct ConftestOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Rego files and folders of them, policy by default; repeatable.", valueName: "path"))
    var policy: [String] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "JSON and YAML files, and folders of them, whose contents are joined in data; the folder data by default; repeatable.",
            valueName: "path"))
    var data: [String] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The package with the rules, main by default; * stands for any characters; repeatable.", valueName: "package"))
    var namespace: [String] = []

    @Flag(name: .customLong("all-namespaces"), help: "Use the rules of all packages.")
    var takesAll = false

    @Option(help: ArgumentHelp("The format of all files; by default what their names say.", valueName: "format"))
    var parser: String?

    @Option(
        help: ArgumentHelp("Leave out files of folders whose path fits this regular expression.", valueName: "pattern"))
    var ignore: String?

    @Option(name: .customLong("rego-version"), help: ArgumentHelp("The dialect of the policies: v0 or v1.", valueName: "version"))
    var regoVersion: String?

    @Flag(help: "Make unused variables and imports and deprecated builtins errors.")
    var strict = false

    @Option(name: .customLong("config-file"), help: ArgumentHelp("Settings in place of conftest.toml.", valueName: "file"))
    var configuration: String?

    @Option(name: .shortAndLong, help: .hidden)
    var update: [String] = []

    func validate() throws {
        if !update.isEmpty {
            throw ValidationError(
                "--update is not supported: nothing is fetched. Get the policies first, and name them with --policy.")
        }
        if takesAll, !namespace.isEmpty { throw ValidationError("Give --namespace or --all-namespaces, not both.") }
    }

    func compileOptions(_ settings: ConftestSettings) throws -> CompileOptions {
        var options = CompileOptions()
        options.isStrict = try settings.flag("strict", strict)
        return options
    }

    func policies(_ settings: ConftestSettings, builtins: BuiltinTable, options: CompileOptions) throws -> ConftestPolicies {
        var places = try settings.list("data", data, or: [])
        let isStandard = places.isEmpty
        if isStandard, (try? FileSystem.status(of: "data"))?.kind == .folder { places = ["data"] }
        let all = namespace.isEmpty ? try settings.flag("all-namespaces", takesAll) : takesAll
        let names = try settings.list("namespace", namespace, or: ["main"])
        let version = try settings.text("rego-version", regoVersion)
        guard version == nil || version == "v0" || version == "v1" else {
            throw ValidationError("--rego-version is v0 or v1, not \(version ?? "").")
        }
        return ConftestPolicies(
            try settings.list("policy", policy, or: ["policy"]), data: places, mayLackData: isStandard,
            namespaces: all ? nil : names,
            version: version.map { $0 == "v0" ? .v0 : .v1 }, builtins: builtins, options: options)
    }

    func inputs(_ paths: [String], _ settings: ConftestSettings) throws -> ConftestInputs {
        var format: ConfigurationFormat?
        if let name = try settings.text("parser", parser) {
            format = ConfigurationFormat(rawValue: name)
            if format == nil {
                let names = ConfigurationFormat.allCases.map(\.rawValue).joined(separator: ", ")
                let isKnown = ConfigurationFormat.unread.contains(name)
                throw ValidationError(
                    isKnown
                        ? "--parser \(name) is not supported; there are \(names)."
                        : "There is no parser \(name); there are \(names).")
            }
        }
        let pattern = try settings.text("ignore", ignore).map { text in
            do { return try TestFilter(text) } catch {
                Console.fail("--ignore: \"\(text)\" is no regular expression")
                throw ExitCode(2)
            }
        }
        return ConftestInputs(paths, ignoring: { pattern?.matches($0) ?? false }, format: format)
    }
}

/// Settings of Conftest from its file and the environment; options of the command line win.
struct ConftestSettings {
    private static let known: Set<String> = [
        "all-namespaces", "combine", "data", "fail-on-warn", "ignore", "namespace", "no-color", "no-fail", "output", "parser",
        "policy", "quiet", "rego-version", "show-builtin-errors", "strict", "suppress-exceptions", "trace",
    ]
    /// What Conftest has and this program does not do.
    private static let refused = ["update", "capabilities"]

    private var values: [String: ConfigurationSetting] = [:]
    private var path = "conftest.toml"

    /// Reads `conftest.toml` of the current folder, when there is one, or another file.
    static func load(_ path: String?) throws -> ConftestSettings {
        var settings = ConftestSettings()
        settings.path = path ?? Console.environment("CONFTEST_CONFIG_FILE") ?? settings.path
        let isNamed = path != nil || Console.environment("CONFTEST_CONFIG_FILE") != nil
        if !isNamed, (try? FileSystem.status(of: settings.path)) == nil { return settings }
        let bytes: [UInt8]
        do throws(FileError) { bytes = try FileSystem.read(settings.path) } catch {
            Console.fail("cannot read \(settings.path): \(error.reason)")
            throw ExitCode(2)
        }
        let source = SourceFile(path: settings.path, bytes: bytes)
        let (values, problems) = ConfigurationSetting.read(source)
        Console.show(problems, colour: .auto)
        if !problems.isEmpty { throw ExitCode(2) }
        settings.values = values
        for name in values.keys.sorted() {
            if refused.contains(name) {
                Console.fail("\(settings.path): \(name) is not supported")
                throw ExitCode(2)
            }
            if !known.contains(name) {
                Console.printError(
                    "warning: \(settings.path): \(DisplayText.escaped(name)) stands for no option and does nothing\n")
            }
        }
        return settings
    }

    private func variable(_ name: String) -> String? {
        Console.environment("CONFTEST_" + name.uppercased().replacing("-", with: "_"))
    }

    private func problem(_ name: String, _ wanted: String) -> any Error {
        ValidationError("\(name) of \(path) must be \(wanted).")
    }

    func flag(_ name: String, _ given: Bool) throws -> Bool {
        if given { return true }
        if let text = variable(name) { return !["0", "f", "false", "no", "off"].contains(text.lowercased()) }
        guard let value = values[name] else { return false }
        guard case .flag(let isOn) = value else { throw problem(name, "true or false") }
        return isOn
    }

    func text(_ name: String, _ given: String?) throws -> String? {
        if let given { return given }
        if let text = variable(name) { return text }
        guard let value = values[name] else { return nil }
        guard case .text(let text) = value else { throw problem(name, "a string") }
        return text
    }

    /// - Parameter given: separated by commas too, as Conftest has it.
    func list(_ name: String, _ given: [String], or standard: [String]) throws -> [String] {
        func parts(_ texts: [String]) -> [String] { texts.flatMap { $0.split(separator: ",").map(String.init) } }
        if !given.isEmpty { return parts(given) }
        if let text = variable(name) { return parts([text]) }
        switch values[name] {
        case nil: return standard
        case .text(let text): return [text]
        case .list(let list): return list
        case .flag, .other: throw problem(name, "a string or a list of strings")
        }
    }

    func format() throws -> ConftestText.Format? {
        guard let name = try text("output", nil) else { return nil }
        guard let format = ConftestText.Format(rawValue: name) else {
            let names = ConftestText.Format.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no output \(name); there are \(names).")
        }
        return format
    }
}
