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
        var ignored: [(path: String, reason: String)] = [], files: [(path: String, bytes: [UInt8])] = []
        do throws(BundleProblem) {
            var archive = TarReader(try Gzip.expand(call.body, limit: limits.unpacked), limits: BundleLimits())
            while let entry = try archive.next() {
                switch entry.kind {
                case .file: files.append((entry.path, Array(entry.contents)))
                case .folder: break
                case .link, .other: ignored.append((entry.path, "only regular files are read"))
                }
            }
        } catch {
            throw PlaygroundError.badRequest("The archive cannot be read: \(error.message).")
        }
        reader.add(files)
        return .json(
            .object([
                ("workspace", reader.workspace.json), ("ignored", JSON.ignored(ignored + reader.ignored)),
            ]))
    }

    /// `POST /api/files/open`.
    func sort(_ call: APICall) throws -> APIAnswer {
        let body = try call.document()
        defer { withExtendedLifetime(body) {} }
        let list = body.root.field("files")
        guard list.kind == .array else { throw PlaygroundError.badRequest("`files` must be an array of files.") }
        var files: [(path: String, bytes: [UInt8])] = []
        for element in list.elements {
            guard let path = element.field("path").stringValue, let text = element.field("text").stringValue else {
                throw PlaygroundError.badRequest("Each file of `files` needs `path` and `text`, both strings.")
            }
            files.append((path, Array(text.utf8)))
        }
        var reader = WorkspaceReader(limit: limits.unpacked)
        reader.add(files)
        return .json(
            .object([("workspace", reader.workspace.json), ("ignored", JSON.ignored(reader.ignored))]))
    }
}
