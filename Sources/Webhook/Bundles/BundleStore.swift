import Diagnostics
import Documents
import Inputs

/// Downloaded bundles on disk, so that the server starts from them when theirs is down: `DIR/<name>/bundle.tar.gz`, where
/// OPA keeps them too.
package struct BundleStore: Sendable {
    package let folder: String

    package init(folder: String) { self.folder = folder }

    /// The archive that is in use.
    package func path(of name: String) -> String { FilePath.join(folder, "\(name)/bundle.tar.gz") }
    /// A download that is being looked at.
    func candidatePath(of name: String) -> String { FilePath.join(folder, "\(name)/candidate.tar.gz") }
    private func tagPath(of name: String) -> String { FilePath.join(folder, "\(name)/state.json") }

    package func exists(_ name: String) -> Bool { (try? FileSystem.status(of: path(of: name)))?.kind == .file }

    func archive(of name: String) -> [UInt8]? { try? FileSystem.read(path(of: name), limit: BundleDownload.largestArchive) }

    func write(_ bytes: [UInt8], to path: String) throws(FileError) { try FileSystem.replace(path, with: bytes, mode: 0o600) }

    /// The server's name for the archive that is in use, when it came from that URL.
    func tag(of name: String, url: String) -> String? {
        guard exists(name), let bytes = try? FileSystem.read(tagPath(of: name), limit: 64 << 10),
            let document = try? JSONReader.read(SourceFile(path: "state", bytes: bytes), keepsPositions: false),
            document.root.field("url").stringValue == url
        else { return nil }
        return document.root.field("etag").stringValue
    }

    /// Remembers the tag; without one, nothing is remembered.
    func setTag(_ tag: String?, of name: String, url: String) throws(FileError) {
        var text: [UInt8] = Array("{\"url\":".utf8)
        JSONBytes.append(url, to: &text)
        if let tag {
            JSONBytes.appendKey("etag", to: &text)
            JSONBytes.append(tag, to: &text)
        }
        text += "}\n"
        try write(text, to: tagPath(of: name))
    }
}
