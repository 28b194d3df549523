import Inputs
import Rego
import Text

/// Folders that something is built of: charts and kustomizations.
enum BuiltFolder {
    /// Folders inside of folders that are looked at.
    private static let deepest = 6
    /// Names that are looked at in one folder and all below it.
    private static let mostNames = 5_000

    /// Whether a file makes its folder a chart or a kustomization.
    static func isMark(_ path: String) -> Bool {
        let name = String(FilePath.name(of: path))
        return name == "Chart.yaml" || KustomizationFile.names.contains(name)
    }

    /// Whether there is a chart or a kustomization in a folder or below it; hidden folders and links are passed over.
    static func isIn(_ root: String, besides names: Set<String>) -> Bool {
        var folders = [(path: root, depth: 0)], count = 0
        while !folders.isEmpty {
            let (folder, depth) = folders.removeFirst()
            for name in (try? FileSystem.names(in: folder)) ?? [] where !name.hasPrefix(".") {
                count += 1
                if count > mostNames { return false }
                if depth == 0, names.contains(name) { continue }
                let path = "\(folder)/\(name)"
                guard let status = try? FileSystem.status(of: path, followingLinks: false) else { continue }
                if status.kind == .file, isMark(name) { return true }
                if status.kind == .folder, depth < deepest { folders.append((path, depth + 1)) }
            }
        }
        return false
    }
}

/// The archive of a chart that another chart depends on.
enum PackedChart {
    /// - Throws: what is wrong with the archive.
    static func files(_ bytes: [UInt8], limit: Int) throws(BundleProblem) -> [(path: String, bytes: [UInt8])] {
        var files: [(path: String, bytes: [UInt8])] = []
        var archive = TarReader(try Gzip.expand(bytes, limit: limit), limits: BundleLimits())
        while let entry = try archive.next() {
            if entry.kind == .file { files.append((FilePath.normalized(entry.path), Array(entry.contents))) }
        }
        return files
    }
}
