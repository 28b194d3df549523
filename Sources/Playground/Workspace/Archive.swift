import Documents
import Rego

extension PlaygroundAPI {
    /// `POST /api/bundle`.
    func pack(_ call: APICall) throws -> APIAnswer {
        let body = try call.document()
        defer { withExtendedLifetime(body) {} }
        let workspace = try Workspace(body.root, limits)
        let files = workspace.entries.map { Tar.Entry(path: $0.path, bytes: Array($0.text.utf8)) }
        guard let archive = Tar.archive(files) else {
            throw PlaygroundError.badRequest("The workspace cannot be packed: a path is too long for an archive.")
        }
        return APIAnswer(type: "application/gzip", bytes: Gzip.compress(archive), fileName: "workspace.tar.gz")
    }

    /// `POST /api/bundle/open`.
    func unpack(_ call: APICall) throws -> APIAnswer {
        var reader = WorkspaceReader(limit: limits.unpacked)
        var ignored: [(path: String, reason: String)] = []
        do throws(BundleProblem) {
            var archive = TarReader(try Gzip.expand(call.body, limit: limits.unpacked), limits: BundleLimits())
            while let entry = try archive.next() {
                switch entry.kind {
                case .file: reader.add(entry.path, Array(entry.contents))
                case .folder: break
                case .link, .other: ignored.append((entry.path, "only regular files are read"))
                }
            }
        } catch {
            throw PlaygroundError.badRequest("The archive cannot be read: \(error.message).")
        }
        return .json(.object([
            ("workspace", reader.workspace.json), ("ignored", JSON.ignored(ignored + reader.ignored)),
        ]))
    }
}
