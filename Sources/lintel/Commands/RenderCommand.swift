import ArgumentParser
import Documents
import Helm
import Kustomize
import Text

/// `lintel render`: what will be applied.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", _superCommandName: Lintel.name,
        abstract: "Print what a kustomization or a Helm chart will apply.",
        discussion: """
            Builds the kustomization of a folder as kustomize 5.8 does, without fetching anything or running any program. \
            --origin says for each value in which file and line its text stands. A folder with a Chart.yaml, or a .tgz archive, \
            is rendered as Helm 4.3 renders it.
            """,
        version: "lintel \(BuildVersion.number)")

    enum Format: String, ExpressibleByArgument, CaseIterable { case yaml, json }

    @Option(name: .shortAndLong, help: "How objects are written: yaml, as kustomize build, or json, one List.")
    var format: Format = .yaml

    @Flag(help: "Write behind each value where it comes from.")
    var origin = false

    @OptionGroup var options: RenderOptions

    @Option(name: .customLong("values"), help: "For a chart: a values file; repeatable, and of several the later wins.")
    var values: [String] = []

    @OptionGroup(title: "Charts") var chart: ChartOptions

    @Argument(help: ArgumentHelp("The folder with the kustomization, or the chart.", valueName: "path"))
    var path = "."

    private static let known = ChartOptions.known.with(
        options: ["format", "load-restrictor", "values"], flags: ["origin", "enable-managedby-label"],
        letters: [("f", "format")])

    private func renderChart() throws {
        let release = try chart.render(path, values: values, keepsOrigins: origin || format == .json)
        switch format {
        case .yaml: Console.print(origin ? release.commentedText() : release.text())
        case .json:
            let items = release.manifests.compactMap { release.json($0) }
            Console.print("{\"apiVersion\":\"v1\",\"items\":[\(items.joined(separator: ","))],\"kind\":\"List\"}\n")
        }
        Console.end(0, holding: release)
    }

    func validate() throws {
        if origin, format == .json { throw ValidationError("--origin writes comments, which JSON does not have.") }
    }

    func run() throws {
        if ChartOptions.isChart(path) { return try renderChart() }
        let build = try options.build(path, keepsPlaces: origin)
        switch format {
        case .yaml where origin: Console.print(try build.commentedYAML())
        case .yaml: Console.print(build.yamlBytes())
        case .json:
            let items = build.objects.map { object in object.document.withRoot { JSONWriter.string($0) } }
            Console.print("{\"apiVersion\":\"v1\",\"items\":[\(items.joined(separator: ","))],\"kind\":\"List\"}\n")
        }
        Console.end(0, holding: build)
    }
}

extension RenderCommand {
    /// The command of arguments that need no parser; nil when they need it.
    static func plain(_ arguments: ArraySlice<String>) -> RenderCommand? {
        guard let plain = PlainArguments(arguments, known), plain.words.count <= 1, let chart = ChartOptions.plain(plain),
            let options = RenderOptions.plain(plain)
        else { return nil }
        var command = RenderCommand()
        command.format = .yaml
        for text in plain.values("format") {
            guard let format = Format(rawValue: text) else { return nil }
            command.format = format
        }
        command.options = options
        command.chart = chart
        command.origin = plain.has("origin")
        command.values = plain.values("values")
        command.path = plain.words.first ?? "."
        return (try? command.validate()) == nil ? nil : command
    }
}
