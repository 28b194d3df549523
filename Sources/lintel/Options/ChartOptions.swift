import ArgumentParser
import GoTemplate
import Helm
import HelmCrypto
import Inputs
import RegoRuntime
import Text

/// What a chart is rendered with; the names are those of `helm template`.
struct ChartOptions: ParsableArguments {
    @Option(name: .customLong("set"), help: "A value: name=value; several separated by commas.")
    var set: [String] = []

    @Option(name: .customLong("set-string"), help: "A value that stays text.")
    var setString: [String] = []

    @Option(name: .customLong("set-json"), help: "A value as JSON.")
    var setJSON: [String] = []

    @Option(name: .customLong("set-file"), help: "A value that is the text of a file: name=path.")
    var setFile: [String] = []

    @Option(name: .customLong("set-literal"), help: "A value that is taken as it stands.")
    var setLiteral: [String] = []

    @Option(name: [.customShort("n"), .customLong("namespace")], help: "The namespace of the release.")
    var namespace = "default"

    @Option(name: .customLong("kube-version"), help: "The version of Kubernetes that the chart sees.")
    var kubeVersion: String?

    @Option(
        name: [.customShort("a"), .customLong("api-versions")],
        help: "Versions of APIs that the chart sees beside those of Kubernetes.")
    var apiVersions: [String] = []

    @Flag(name: .customLong("include-crds"), help: "Write the definitions in the chart's crds folder too.")
    var includesCRDs = false

    @Flag(
        name: .customLong("skip-crds"),
        help: "Leave the definitions in the chart's crds folder out, even with --include-crds.")
    var skipsCRDs = false

    @Flag(name: .customLong("is-upgrade"), help: "Render as for an upgrade, not for an installation.")
    var isUpgrade = false

    @Flag(name: .customLong("skip-schema-validation"), help: "Do not check the values against values.schema.json.")
    var skipsSchema = false

    @Option(name: .customLong("random-seed"), help: "A number that makes random texts the same in each run.")
    var seed: UInt64?

    @Flag(name: .customLong("debug"), help: "Print what was rendered even when it is not YAML.")
    var isDebug = false

    /// Renders the chart at a path.
    /// - Parameters:
    ///   - values: values files, of which the later win.
    ///   - keepsOrigins: whether places are kept.
    /// - Throws: `ExitCode` after a message.
    func render(_ path: String, name: String? = nil, values: [String], keepsOrigins: Bool = false) throws -> ChartRelease {
        let sources = ChartSources(isOn: keepsOrigins)
        do {
            let release = try ChartThread.run {
                try ChartRelease(try ChartFolder.files(at: path), try settings(name, values, sources), sources)
            }
            for warning in release.warnings { Console.printError("warning: \(warning.trimmingWarning)\n") }
            return release
        } catch let problem as HelmProblem {
            Self.show(problem)
            if isDebug, let text = problem.rendered { Console.print(String(decoding: text, as: UTF8.self)) }
            throw ExitCode(2)
        }
    }

    /// Whether a chart is at a path: a folder with `Chart.yaml`, or an archive.
    static func isChart(_ path: String) -> Bool {
        path.hasSuffix(".tgz") || (try? FileSystem.status(of: path + "/Chart.yaml")) != nil
    }

    static func show(_ problem: HelmProblem) {
        Console.printError("error: \(problem.message)\n")
        // Where one template includes itself, a few of the places say it all.
        for place in problem.places.prefix(12) { Console.printError("  at \(place.text)\n") }
        if problem.places.count > 12 { Console.printError("  … and \(problem.places.count - 12) more places\n") }
        if let hint = problem.hint { Console.printError("  help: \(hint)\n") }
    }

    private func settings(_ name: String?, _ values: [String], _ sources: ChartSources) throws -> RenderSettings {
        var options = RenderSettings()
        if let name { options.releaseName = name }
        options.namespace = namespace
        options.isUpgrade = isUpgrade
        options.includesCRDs = includesCRDs && !skipsCRDs
        options.skipsSchema = skipsSchema
        options.seed = seed
        let now = WallClock.now()
        options.now = Moment(seconds: Int(now / 1_000_000_000), nanoseconds: Int(now % 1_000_000_000))
        options.functions = HelmCrypto.table
        if let kubeVersion { try options.capabilities.setKubeVersion(kubeVersion) }
        options.capabilities.apiVersions += apiVersions.flatMap { $0.split(separator: ",").map(String.init) }
        var given = ValueOptions()
        given.files = values.flatMap { $0.split(separator: ",").map(String.init) }
        (given.set, given.setString, given.setJSON) = (set, setString, setJSON)
        (given.setFile, given.setLiteral) = (setFile, setLiteral)
        options.values = try given.merged(sources) { path in
            if path == "-" { return try Self.standardInput() }
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

extension String {
    /// The text without the word that every warning begins with.
    fileprivate var trimmingWarning: Substring { hasPrefix("warning: ") ? dropFirst("warning: ".count) : self[...] }
}
