import ArgumentParser
import Diagnostics
import GoTemplate
import Helm
import HelmCrypto
import Inputs
import RegoRuntime
import Text

/// What a chart is rendered with; the names are those of `helm template`.
struct ChartOptions: ParsableArguments {
    @Option(
        name: .customLong("set"), parsing: .unconditionalSingleValue,
        help: "A value: name=value; several separated by commas.")
    var set: [String] = []

    @Option(name: .customLong("set-string"), parsing: .unconditionalSingleValue, help: "A value that stays text.")
    var setString: [String] = []

    @Option(name: .customLong("set-json"), parsing: .unconditionalSingleValue, help: "A value as JSON.")
    var setJSON: [String] = []

    @Option(
        name: .customLong("set-file"), parsing: .unconditionalSingleValue,
        help: "A value that is the text of a file: name=path.")
    var setFile: [String] = []

    @Option(name: .customLong("set-literal"), parsing: .unconditionalSingleValue, help: "A value that is taken as it stands.")
    var setLiteral: [String] = []

    @Option(name: [.customShort("n"), .customLong("namespace")], help: "The namespace of the release.")
    var namespace = "default"

    @Option(name: .customLong("kube-version"), parsing: .unconditional, help: "The version of Kubernetes that the chart sees.")
    var kubeVersion: String?

    @Option(
        name: [.customShort("a"), .customLong("api-versions")],
        help: "Versions of APIs that the chart sees beside those of Kubernetes.")
    var apiVersions: [String] = []

    @Flag(name: .customLong("include-crds"), help: "Write the definitions in the chart's crds folder too.")
    var includesCRDs = false

    @Flag(
        name: .customLong("skip-crds"),
        help: "Changes nothing, as with Helm: definitions are left out unless --include-crds asks for them.")
    var skipsCRDs = false

    @Flag(name: .customLong("is-upgrade"), help: "Render as for an upgrade, not for an installation.")
    var isUpgrade = false

    @Flag(name: .customLong("skip-schema-validation"), help: "Do not check the values against values.schema.json.")
    var skipsSchema = false

    @Option(name: .customLong("random-seed"), help: "A number that makes random texts the same in each run.")
    var seed: UInt64?

    @Option(
        name: .customLong("name-template"), help: "A template of Helm that gives the name of the release.")
    var nameTemplate: String?

    @Flag(name: .customLong("debug"), help: "Print what was rendered even when it is not YAML.")
    var isDebug = false

    /// Renders the chart at a path.
    /// - Parameters:
    ///   - values: values files, of which the later win.
    ///   - keepsOrigins: whether places are kept.
    /// - Throws: `ExitCode` after a message.
    func render(_ path: String, name: String? = nil, values: [String], keepsOrigins: Bool = false) throws -> ChartRelease {
        var input: [UInt8]?
        func attempt(_ sources: ChartSources) throws -> ChartRelease {
            try ChartThread.run {
                try ChartRelease(try ChartFolder.files(at: path), try settings(name, values, sources, &input), sources)
            }
        }
        var sources = ChartSources(isOn: keepsOrigins)
        do {
            let release = try attempt(sources)
            for warning in release.warnings { Console.printError("warning: \(warning.trimmingWarning)\n") }
            return release
        } catch var problem as HelmProblem {
            // Places are kept only when somebody asks for them: a failure does.
            if !keepsOrigins {
                let placed = ChartSources(isOn: true)
                do { _ = try attempt(placed) } catch let again as HelmProblem where again.message == problem.message {
                    (problem, sources) = (again, placed)
                } catch {}
            }
            Self.show(problem, sources)
            if isDebug, let text = problem.rendered { Console.print(String(decoding: text, as: UTF8.self)) }
            throw ExitCode(2)
        }
    }

    /// Whether a chart is at a path: a folder with `Chart.yaml`, or an archive.
    static func isChart(_ path: String) -> Bool {
        path.hasSuffix(".tgz") || (try? FileSystem.status(of: path + "/Chart.yaml")) != nil
    }

    /// Shows why a chart is not rendered: at the line of a template, or of each value that does not fit the schema.
    static func show(_ problem: HelmProblem, _ sources: ChartSources = ChartSources(isOn: false)) {
        Console.show([problem.diagnostic(sources, SourceMap())], colour: .auto)
    }

    private func settings(
        _ name: String?, _ values: [String], _ sources: ChartSources, _ input: inout [UInt8]?
    ) throws -> RenderSettings {
        var options = RenderSettings()
        options.namespace = namespace.isEmpty ? "default" : namespace
        options.isUpgrade = isUpgrade
        options.includesCRDs = includesCRDs
        options.skipsSchema = skipsSchema
        options.keepsTemplates = true
        options.seed = seed
        let now = WallClock.now()
        options.now = Moment(seconds: Int(now / 1_000_000_000), nanoseconds: Int(now % 1_000_000_000))
        options.functions = HelmCrypto.table
        if let name { options.releaseName = name }
        if let nameTemplate, !nameTemplate.isEmpty {
            options.releaseName = try ReleaseName.name(
                template: nameTemplate, functions: options.functions, now: options.now, seed: seed)
        }
        try ReleaseName.check(options.releaseName)
        if let kubeVersion, !kubeVersion.isEmpty { try options.capabilities.setKubeVersion(kubeVersion) }
        options.capabilities.apiVersions += apiVersions.flatMap { $0.split(separator: ",").map(String.init) }
        var given = ValueOptions()
        given.files = values.flatMap { $0.split(separator: ",").map(String.init) }
        (given.set, given.setString, given.setJSON) = (set, setString, setJSON)
        (given.setFile, given.setLiteral) = (setFile, setLiteral)
        // Standard input is read once, however often the chart is rendered.
        if input == nil, given.files.contains("-") { input = try Self.standardInput() }
        let text = input
        options.values = try given.merged(sources) { path in
            if path == "-", let text { return text }
            return try ChartFolder.read(path)
        }
        return options
    }

    private static func standardInput() throws -> [UInt8] {
        do { return try FileSystem.readStandardInput(name: "stdin") } catch {
            throw HelmProblem("cannot read standard input: \(error.reason)")
        }
    }
}

extension ChartOptions {
    /// What stands in a command line for these options.
    static let known = PlainArguments.Known(
        options: [
            "set", "set-string", "set-json", "set-file", "set-literal", "namespace", "kube-version", "api-versions",
            "random-seed", "name-template",
        ], flags: ["include-crds", "skip-crds", "is-upgrade", "skip-schema-validation", "debug"],
        letters: [("n", "namespace"), ("a", "api-versions")])

    /// The options of arguments that need no parser; nil for a value that one cannot have.
    static func plain(_ plain: PlainArguments) -> ChartOptions? {
        var options = ChartOptions()
        options.seed = nil
        for text in plain.values("random-seed") {
            guard let seed = UInt64(text) else { return nil }
            options.seed = seed
        }
        options.set = plain.values("set")
        options.setString = plain.values("set-string")
        options.setJSON = plain.values("set-json")
        options.setFile = plain.values("set-file")
        options.setLiteral = plain.values("set-literal")
        options.namespace = plain.value("namespace") ?? "default"
        options.kubeVersion = plain.value("kube-version")
        options.apiVersions = plain.values("api-versions")
        options.nameTemplate = plain.value("name-template")
        options.includesCRDs = plain.has("include-crds")
        options.skipsCRDs = plain.has("skip-crds")
        options.isUpgrade = plain.has("is-upgrade")
        options.skipsSchema = plain.has("skip-schema-validation")
        options.isDebug = plain.has("debug")
        return options
    }
}

extension String {
    /// The text without the word that every warning begins with.
    fileprivate var trimmingWarning: Substring { hasPrefix("warning: ") ? dropFirst("warning: ".count) : self[...] }
}
