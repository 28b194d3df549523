import ArgumentParser
import Catalogue
import Diagnostics
import Documents
import Inputs
import Judging

/// `lintel mutate`: what a cluster makes of manifests.
struct MutateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutate",
        abstract: "Print manifests as Gatekeeper's mutators and the rules mutate of your policies change them.",
        discussion: """
            Changes objects as POST /v1/mutate of lintel serve does, first by Assign, AssignImage, AssignMetadata and \
            ModifySet, then by policies in the order of their ids, and prints all objects. Exit code 2 when an object \
            cannot be read, or a policy is not in order or cannot change it.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case yaml, json, patch }

    @Argument(help: ArgumentHelp("Files, folders or - for standard input.", valueName: "path"))
    var paths: [String] = ["-"]

    @OptionGroup var policies: PolicyOptions

    @Option(name: .shortAndLong, help: "yaml and json print the objects, patch a JSON Patch for each that changes.")
    var format: Format = .yaml

    func validate() throws {
        if paths.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read only once.") }
    }

    func run() throws {
        let setup = try policies.choice().load(keepsHealthy: true)
        var problems = setup.problems
        if problems.contains(where: { $0.severity == .error }) {
            Console.show(problems, colour: .auto)
            throw ExitCode(2)
        }
        let found = FileDiscovery().files(at: paths)
        let contents = found.files.map { ResourceReader().read($0) }
        let resources = contents.flatMap(\.resources)
        let changes = try ObjectChanges(setup) { resources }
        problems += setup.faults + found.problems + contents.flatMap(\.diagnostics)
        for (number, resource) in resources.enumerated() {
            show(resource, changes.mutation(of: resource), isFirst: number == 0)
        }
        problems += changes.problems
        Console.show(problems, colour: .auto)
        if resources.isEmpty { Console.fail("no object was found") }
        if resources.isEmpty || problems.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
    }

    private func show(_ resource: Resource, _ mutation: Mutation, isFirst: Bool) {
        switch format {
        case .yaml: Console.print((isFirst ? "" : "---\n") + mutation.document.withRoot { YAMLWriter.string($0) })
        case .json: Console.print(mutation.document.withRoot { JSONWriter.string($0) } + "\n")
        case .patch:
            if mutation.isEmpty { return }
            var line: [UInt8] = []
            let members: [(String, String)] = [
                ("kind", resource.type.kind), ("namespace", resource.namespace ?? ""), ("name", resource.name),
            ]
            for (name, value) in members {
                line += Array((line.isEmpty ? "{" : ",").utf8)
                for var text in [name, value] {
                    text.withUTF8 { JSONWriter.appendString($0, to: &line, escapesHTML: false) }
                    if text == name { line.append(UInt8(ascii: ":")) }
                }
            }
            Console.print(
                String(decoding: line, as: UTF8.self) + ",\"patch\":\(String(decoding: mutation.patch, as: UTF8.self))}\n")
        }
    }
}
