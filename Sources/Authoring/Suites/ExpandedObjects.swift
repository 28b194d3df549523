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
        var objects: [Document] = [], templates: [ExpansionTemplate] = []
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
        objects.removeAll { document in
            guard document.root.kind == .object, document.root.field("kind").stringValue != nil else { return true }
            let group = document.root.field("apiVersion").stringValue ?? ""
            if group.hasPrefix("mutations.gatekeeper.sh/") {
                let place = document.place(at: DocumentPath([.key("kind")]))
                problems.append(
                    Diagnostic(
                        code: "expansion_error", message: "objects are expanded without mutations, and this is one",
                        range: document.range(place.span), hint: "leave the file out"))
            }
            guard group.hasPrefix("expansion.gatekeeper.sh/") else { return false }
            do throws(ExpansionTemplate.Problem) {
                templates.append(try ExpansionTemplate(document))
            } catch {
                problems.append(error.diagnostic)
            }
            return true
        }
        let expansion = Expansion(templates)
        var told: [Diagnostic] = []
        for object in objects {
            made += expansion.expand(ReviewedObject.resource(object.root, in: object)) { told.append($0) }.map(\.resource)
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
