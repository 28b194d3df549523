import ArgumentParser
import Documents
import Kustomize

/// `lintel render`: what will be applied.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Print what a kustomization will apply.",
        discussion: """
            Builds the kustomization of a folder as kustomize 5.8 does, without fetching anything or running any program. \
            --origin says for each value in which file and line its text stands.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case yaml, json }

    @Option(name: .shortAndLong, help: "How objects are written: yaml, as kustomize build, or json, one List.")
    var format: Format = .yaml

    @Flag(help: "Write behind each value where it comes from.")
    var origin = false

    @OptionGroup var options: RenderOptions

    @Argument(help: ArgumentHelp("The folder with the kustomization.", valueName: "path"))
    var path = "."

    func validate() throws {
        if origin, format == .json { throw ValidationError("--origin writes comments, which JSON does not have.") }
    }

    func run() throws {
        let build = try options.build(path)
        switch format {
        case .yaml: Console.print(origin ? try build.commentedYAML() : build.yaml())
        case .json:
            let items = build.objects.map { object in object.document.withRoot { JSONWriter.string($0) } }
            Console.print("{\"apiVersion\":\"v1\",\"items\":[\(items.joined(separator: ","))],\"kind\":\"List\"}\n")
        }
    }
}
