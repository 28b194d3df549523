import Documents
import Rego
import Text

extension PlaygroundAPI {
    /// `POST /api/bundle`.
    func pack(_ call: APICall) throws -> APIAnswer {
        let body = try call.document()
        defer { withExtendedLifetime(body) {} }
        let workspace = try Workspace(body.root, limits)
        var archive = TarWriter()
        for entry in workspace.entries { archive.add(entry.path.utf8, Array(entry.text.utf8)) }
        return APIAnswer(type: "application/gzip", bytes: Gzip.compress(archive.finished()), fileName: "workspace.tar.gz")
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
        return .json(
            .object([
                ("workspace", reader.workspace.json), ("ignored", JSON.ignored(ignored + reader.ignored)),
            ]))
    }
}
