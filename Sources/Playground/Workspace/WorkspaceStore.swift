import Documents
import Inputs
import Synchronization
import Text

/// The folder of `--workspace`, or the files that `--policy` names; the one thing that requests share.
final class WorkspaceStore: Sendable {
    private let folder: String?
    private let policies: [String]
    private let isReadOnly: Bool
    private let limits: PlaygroundLimits
    /// One save at a time.
    private let saving = Mutex(())

    init(_ options: PlaygroundOptions) {
        folder = options.workspace.map { FileSystem.absolute($0) }
        policies = options.policies
        isReadOnly = options.isReadOnly
        limits = options.limits
    }

    /// Whether there is something to start with.
    var hasFiles: Bool { folder != nil || !policies.isEmpty }

    /// `GET /api/workspace`.
    func load() throws(PlaygroundError) -> JSON {
        guard hasFiles else {
            throw PlaygroundError(
                status: 404, code: "no_workspace", message: "This server was started without --workspace and --policy.")
        }
        var reader = WorkspaceReader(limit: limits.body)
        if let folder { reader.readFolder(folder) }
        if folder == nil || reader.workspace.isEmpty { for path in policies { reader.readPolicies(path) } }
        let name = FilePath.name(of: folder ?? policies.first ?? "")
        return .members([
            "workspace": reader.workspace.json, "name": .string(String(name)), "revision": .string(revision()),
            "writable": .bool(folder != nil && !isReadOnly), "ignored": JSON.ignored(reader.ignored),
        ])
    }

    /// A name for what the folder holds now.
    private func revision() -> String {
        guard let folder else { return "" }
        var reader = WorkspaceReader(limit: limits.body)
        reader.readFolder(folder)
        return reader.workspace.digest
    }

    /// `PUT /api/workspace`: the folder holds these files afterwards, and others that are none of a workspace's.
    func save(_ workspace: Workspace, revision: String?) throws(PlaygroundError) -> JSON {
        guard let folder, !isReadOnly else {
            throw PlaygroundError(
                status: 403, code: "read_only", message: "This server does not save.",
                hint: folder == nil ? "Start it with --workspace FOLDER." : "Start it without --read-only.")
        }
        return try saving.withLock { _ throws(PlaygroundError) in
            var reader = WorkspaceReader(limit: limits.body)
            reader.readFolder(folder)
            if let revision, revision != reader.workspace.digest {
                throw PlaygroundError(
                    status: 409, code: "conflict", message: "The folder was changed by somebody else since it was opened.",
                    hint: "Download your work, open the folder again, or save without a revision to overwrite.")
            }
            var workspace = workspace
            workspace.isRepository = reader.workspace.isRepository
            if workspace.isRepository, let file = workspace[.sources].first(where: { WorkspaceReader.isOwn($0.path) }) {
                throw .badRequest(
                    "\"\(file.path)\" cannot be a source of this folder: its name is that of another part of the workspace.")
            }
            let changes = WorkspaceChanges(from: reader.workspace, to: workspace)
            do throws(FileError) {
                try changes.apply(to: folder)
            } catch {
                throw PlaygroundError(
                    status: 403, code: "cannot_save", message: "Cannot write \(error.path): \(error.reason).")
            }
            return .object([
                ("revision", .string(workspace.digest)), ("written", .strings(changes.written.map(\.path))),
                ("removed", .strings(changes.removed)),
            ])
        }
    }
}

/// What a save writes and removes, by path in the folder.
struct WorkspaceChanges {
    private(set) var written: [(path: String, text: String)] = []
    private(set) var removed: [String] = []

    init(from old: Workspace, to new: Workspace) {
        let before = Dictionary(uniqueKeysWithValues: old.entries)
        let after = new.entries
        written = after.filter { before[$0.path] != $0.text }
        let kept = Set(after.map(\.path))
        removed = before.keys.filter { !kept.contains($0) }.sorted()
    }

    func apply(to folder: String) throws(FileError) {
        let root = try FolderHandle(root: folder)
        for (path, text) in written { try root.write(Array(text.utf8), to: path) }
        for path in removed { try root.remove(path) }
    }
}

extension Workspace {
    /// All files by their path in a folder or archive: `PANE/PATH`, `parameters.yaml` and `lintel.yaml`; sources by their own
    /// paths where the folder is a repository.
    var entries: [(path: String, text: String)] {
        var entries = Pane.allCases.flatMap { pane in
            let folder = pane == .sources && isRepository ? "" : pane.rawValue + "/"
            return self[pane].map { (folder + $0.path, $0.text) }
        }
        if !parameters.isEmpty { entries.append((Self.parametersName, parameters)) }
        if !configuration.isEmpty { entries.append((Self.configurationName, configuration)) }
        return entries
    }

    /// A name for the contents.
    var digest: String {
        FNVHash.text(entries.sorted { $0.path < $1.path }.flatMap { [Array($0.path.utf8), Array($0.text.utf8)] })
    }
}

extension JSON {
    static func ignored(_ files: [(path: String, reason: String)]) -> JSON {
        .array(files.map { .object([("path", .string($0.path)), ("reason", .string($0.reason))]) })
    }
}
