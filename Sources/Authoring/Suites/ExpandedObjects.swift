import Catalogue
package import Diagnostics
import Documents
import Gatekeeper
import Inputs

/// What the ExpansionTemplates among some files make of the objects among them, as `gator expand` prints it.
package struct ExpandedObjects {
    package enum Format: String, Sendable, CaseIterable { case yaml, json }

    package private(set) var problems: [Diagnostic] = []
    private var made: [Resource] = []

    package var count: Int { made.count }

    /// - Parameter paths: files and folders; `-` is standard input.
    package init(_ paths: [String]) {
        let found = FileDiscovery().files(at: paths)
        problems = found.problems
        var objects: [Document] = []
        for file in found.files {
            do throws(FileError) {
                let bytes = try file.path == "-" ? FileSystem.readStandardInput(name: "stdin") : FileSystem.read(file.path)
                let stream = YAMLReader().read(SourceFile(path: file.shownPath, bytes: bytes))
                problems += stream.diagnostics
                objects += stream.documents
            } catch {
                problems.append(Diagnostic(reading: error))
            }
        }
        var policies = GatekeeperPolicies()
        objects.removeAll { document in
            guard document.root.kind == .object, document.root.field("kind").stringValue != nil else { return true }
            let group = document.root.field("apiVersion").stringValue ?? ""
            guard ["expansion.gatekeeper.sh/", "mutations.gatekeeper.sh/"].contains(where: group.hasPrefix) else { return false }
            return policies.add(document)
        }
        policies.finish(GatekeeperPolicies.Options(), builtins: PolicyBuiltins.table)
        problems += policies.problems
        let expansion = Expansion(policies.expansions, mutators: policies.mutators)
        let known = objects.map { ReviewedObject.resource($0.root, in: $0) }
        let namespaces = Dictionary(
            known.filter { $0.type.kind == "Namespace" && $0.type.group.isEmpty }.map { ($0.name, $0.value) }
        ) { first, _ in first }
        var told: [Diagnostic] = []
        for resource in known {
            made += expansion.expand(resource, namespace: { namespaces[$0] ?? .undefined }) { told.append($0) }.map(\.resource)
        }
        problems += told
    }

    package func text(_ format: Format) -> String {
        switch format {
        case .yaml: made.map { YAMLWriter.string($0.value) }.joined(separator: "---\n")
        case .json: made.map { JSONWriter.string($0.value, style: .pretty) + "\n" }.joined()
        }
    }
}
