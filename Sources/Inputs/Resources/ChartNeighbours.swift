import Diagnostics
import Documents

/// What stands beside a `Chart.yaml` and has to fit it.
struct ChartNeighbours {
    private let hasSchema: Bool
    /// The versions of `Chart.lock` by name of the dependency; nil without such a file.
    private let locked: [String: [String]]?

    init(folder: String) {
        hasSchema = (try? FileSystem.status(of: FilePath.join(folder, "values.schema.json"))) != nil
        let path = FilePath.join(folder, "Chart.lock")
        guard let bytes = try? FileSystem.read(path, limit: 1 << 20) else {
            locked = nil
            return
        }
        var versions: [String: [String]] = [:]
        for document in YAMLReader().read(SourceFile(path: path, bytes: bytes)).documents {
            let dependencies = document.root.field("dependencies")
            for entry in dependencies.kind == .array ? Array(dependencies.elements) : [] {
                guard let name = entry.field("name").stringValue else { continue }
                versions[name, default: []].append(entry.field("version").stringValue ?? "")
            }
        }
        locked = versions
    }

    /// `hasValuesSchema` and, when there is a lock, `locked`.
    func members(in arena: Arena) -> [(String, Value)] {
        var members: [(String, Value)] = [("hasValuesSchema", .bool(hasSchema))]
        if let locked {
            let entries = locked.map { name, versions in
                ObjectEntry(key: arena.string(name), value: arena.array(versions.map { arena.string($0) }))
            }
            members.append(("locked", arena.object(entries)))
        }
        return members
    }
}
