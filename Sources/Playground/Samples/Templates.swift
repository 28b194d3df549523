import Diagnostics
import Documents

/// Start points for a policy: the folders of `content/templates`, each a workspace and `about.yaml`.
enum Templates {
    static let json: JSON = .object([("templates", .array(all.map(\.json)))])

    struct Template {
        var id: String
        var title: String
        var text: String
        var order: Int
        var workspace: Workspace

        var json: JSON {
            .object([
                ("id", .string(id)), ("title", .string(title)), ("text", .string(text)), ("workspace", workspace.json),
            ])
        }
    }

    static let all: [Template] = {
        let files = Assets.files(below: "content/templates")
        let names = Set(files.map { $0.path.split(separator: "/")[2] })
        return names.map { template(String($0), files) }.sorted { $0.order < $1.order }
    }()

    private static func template(_ id: String, _ files: [Assets.File]) -> Template {
        var reader = WorkspaceReader(limit: 1 << 20)
        let folder = "content/templates/\(id)/"
        reader.add(
            files.filter { $0.path.hasPrefix(folder) && !$0.path.hasSuffix("about.yaml") }.map { file in
                (String(file.path.dropFirst(folder.count)), Array(file.bytes))
            })
        let about = Content.document("\(folder)about.yaml")
        defer { withExtendedLifetime(about) {} }
        return Template(
            id: id, title: about.root.field("title").stringValue ?? id, text: about.root.field("text").stringValue ?? "",
            order: Int(about.root.field("order").intValue ?? 0), workspace: reader.workspace)
    }
}

/// Texts of the program that are YAML.
enum Content {
    /// The one document of a file; empty when there is none.
    static func document(_ path: String) -> Document {
        let stream = YAMLReader().read(SourceFile(path: path, text: Assets.text(path)))
        return stream.documents.first ?? Document { _ in .null }
    }
}
