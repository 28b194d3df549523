import ArgumentParser
import Diagnostics
import Documents
import Helm
import Kustomize
import Text

/// `lintel explain`: where a value comes from.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", _superCommandName: Lintel.name,
        abstract: "Tell where a value of a rendered object comes from.",
        discussion: """
            Builds the kustomization of a folder and lists each value that a field had, from the base to the last patch, \
            with the file and line of its text. Example: lintel explain overlays/prod Deployment/web .spec.replicas
            """,
        version: "lintel \(BuildVersion.number)")

    @OptionGroup var options: RenderOptions

    @Option(name: .customLong("values"), help: "For a chart: a values file; repeatable, and of several the later wins.")
    var values: [String] = []

    @OptionGroup(title: "Charts") var chart: ChartOptions

    @Argument(help: ArgumentHelp("The folder with the kustomization, or the chart.", valueName: "path"))
    var path: String

    @Argument(help: ArgumentHelp("The object, as Kind/name or Kind/namespace/name.", valueName: "object"))
    var object: String

    @Argument(
        help: ArgumentHelp("The field, such as .spec.replicas; all fields when it is left out.", valueName: "field"))
    var field = "."

    func run() throws {
        if ChartOptions.isChart(path) { return try explainChart() }
        let build = try options.build(path, keepsPlaces: true)
        let names = object.split(separator: "/").map(String.init)
        let found = build.objects.filter { candidate in
            let id = candidate.id
            switch names.count {
            case 2: return id.gvk.kind == names[0] && id.name == names[1]
            case 3: return id.gvk.kind == names[0] && id.namespace == names[1] && id.name == names[2]
            default: return false
            }
        }
        if found.isEmpty { throw failure("there is no \(object) in \(path)", known: build) }
        let text = field.hasPrefix(".") ? String(field.dropFirst()) : field
        guard let place = text.isEmpty ? DocumentPath() : DocumentPath(parsing: text) else {
            throw failure("'\(field)' is no path of a field", known: nil)
        }
        for candidate in found {
            let explanations = build.explanations(of: candidate, at: place)
            if explanations.isEmpty { throw failure("\(object) has no field \(field)", known: nil) }
            for explanation in explanations { show(explanation, candidate) }
        }
    }

    private func explainChart() throws {
        let release = try chart.render(path, values: values, keepsOrigins: true)
        let names = object.split(separator: "/").map(String.init)
        let found = release.manifests.filter { $0.kind == names.first && $0.name == names.last && names.count >= 2 }
        if found.isEmpty {
            let known = release.manifests.prefix(20).map { "\($0.kind)/\($0.name)" }.joined(separator: ", ")
            throw failure("there is no \(object) in \(path)\n  it has \(known)", known: nil)
        }
        let text = field.hasPrefix(".") ? String(field.dropFirst()) : field
        guard let place = text.isEmpty ? DocumentPath() : DocumentPath(parsing: text) else {
            throw failure("'\(field)' is no path of a field", known: nil)
        }
        for manifest in found {
            guard let (value, origins) = release.origins(of: manifest, at: place) else {
                throw failure("\(object) has no field \(field)", known: nil)
            }
            Console.print("\(manifest.kind)/\(manifest.name) .\(place.fieldPath) = \(value)\n")
            for origin in origins {
                let place = origin.isFlag ? origin.path : "\(origin.path):\(origin.line):\(origin.column)"
                Console.print("  \(place)  (\(origin.role.rawValue))\n")
            }
        }
    }

    private func failure(_ message: String, known build: Build?) -> ExitCode {
        Console.printError("error: \(message)\n")
        if let build {
            let names = build.objects.prefix(20).map { "\($0.id.gvk.kind)/\($0.id.name)" }
            Console.printError("  it has \(names.joined(separator: ", "))\(build.objects.count > 20 ? ", …" : "")\n")
        }
        return ExitCode(2)
    }

    private func show(_ explanation: Explanation, _ object: RenderedObject) {
        Console.print("\(object.id.gvk.kind)/\(object.id.name) .\(explanation.path.fieldPath)\n")
        for step in explanation.steps {
            let place = step.range.map { "\($0.file.path):\($0.position)" } ?? "-"
            let value =
                step.value.contains("\n")
                ? "|" + step.value.debugDescription.dropFirst().dropLast().prefix(60) : step.value[...]
            Console.print("  \(place)  \(value)  (\(step.action))\n")
            for part in step.parts { Console.print("    with \(part.file.path):\(part.position)\n") }
        }
    }
}
