import ArgumentParser
import Helm
import Inputs
import Text

/// `lintel template`: what `helm template` prints.
struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", _superCommandName: Lintel.name,
        abstract: "Print what a Helm chart renders to, as helm template does.",
        discussion: """
            Renders a chart folder or archive as Helm 4.3 does, with its dependencies in charts/. Nothing is fetched and no \
            cluster is asked: lookup finds nothing.
            """,
        version: "lintel \(BuildVersion.number)")

    @Option(
        name: [.customShort("f"), .customLong("values")],
        help: "A values file; repeatable, and of several the later wins.")
    var values: [String] = []

    @OptionGroup var options: ChartOptions

    @Option(
        name: [.customShort("s"), .customLong("show-only")],
        help: "Print only the documents of these templates, such as templates/service.yaml.")
    var showOnly: [String] = []

    @Flag(name: .customLong("no-hooks"), help: "Leave hooks out.")
    var leavesHooksOut = false

    @Flag(name: .customLong("skip-tests"), help: "Leave test hooks out.")
    var skipsTests = false

    @Option(name: .customLong("output-dir"), help: "Write a file for each template into this folder instead.")
    var outputFolder: String?

    @Flag(
        name: [.customShort("g"), .customLong("generate-name")],
        help: "Name no release; as with Helm, what is rendered sees the name release-name.")
    var generatesName = false

    @Argument(
        help: ArgumentHelp(
            "The name of the release, then the chart; the name may be left out.", valueName: "name chart"))
    var names: [String]

    private static let known = ChartOptions.known.with(
        options: ["values", "show-only", "output-dir"], flags: ["no-hooks", "skip-tests", "generate-name"],
        letters: [("f", "values"), ("s", "show-only"), ("g", "generate-name")])

    func validate() throws {
        if names.isEmpty || names.count > 2 { throw ValidationError("Name a chart, or a release and a chart.") }
        if names.count < 2 { return }
        if generatesName { throw ValidationError("cannot set --generate-name and also specify a name") }
        if options.nameTemplate?.isEmpty == false { throw ValidationError("cannot set --name-template and also specify a name") }
    }

    func run() throws {
        let release = try options.render(
            names[names.count - 1], name: names.count == 2 ? names[0] : nil, values: values)
        if let outputFolder { return try write(release, to: outputFolder) }
        do {
            let text =
                showOnly.isEmpty
                ? release.text(hooks: !leavesHooksOut, skipsTests: skipsTests)
                : try release.text(only: showOnly, hooks: !leavesHooksOut, skipsTests: skipsTests)
            Console.print(text)
            Console.end(0, holding: release)
        } catch let problem as HelmProblem {
            ChartOptions.show(problem)
            throw ExitCode(2)
        }
    }

    /// Writes the documents of each template into a file of its name.
    private func write(_ release: ChartRelease, to folder: String) throws {
        var texts: [String: String] = [:]
        func add(_ name: String, _ text: String) throws {
            let path = folder + "/" + name
            let written = texts[name, default: ""] + "---\n# Source: \(name)\n\(text)\n"
            texts[name] = written
            try Console.write(written, toFile: path)
            Console.print("wrote \(path)\n")
        }
        for (source, file) in release.crds { try add(source, String(decoding: file.bytes, as: UTF8.self)) }
        let hooks = leavesHooksOut ? [] : release.hooks.filter { !(skipsTests && $0.isTest) }
        for manifest in release.objects + hooks { try add(manifest.source, manifest.text) }
        Console.print("\n")
    }
}

extension TemplateCommand {
    /// The command of arguments that need no parser; nil when they need it.
    static func plain(_ arguments: ArraySlice<String>) -> TemplateCommand? {
        guard let plain = PlainArguments(arguments, known), let options = ChartOptions.plain(plain) else { return nil }
        var command = TemplateCommand()
        command.options = options
        command.values = plain.values("values")
        command.showOnly = plain.values("show-only")
        command.leavesHooksOut = plain.has("no-hooks")
        command.skipsTests = plain.has("skip-tests")
        command.outputFolder = plain.value("output-dir")
        command.generatesName = plain.has("generate-name")
        command.names = plain.words
        return (try? command.validate()) == nil ? nil : command
    }
}
