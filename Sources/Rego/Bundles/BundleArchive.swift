import Text

/// Bundles as gzipped tar archives (OPA documentation, "Bundle File Format").
public enum BundleArchive {
    /// Whether a file of this name is taken for an archive.
    public static func isArchive(_ path: String) -> Bool { path.hasSuffix(".tar.gz") || path.hasSuffix(".tgz") }

    /// The files of an archive in its order, and the paths of links, which bundles do not have.
    /// Paths that leave the bundle and paths that stand twice are refused.
    /// - Throws: `BundleProblem` when the archive is damaged, too large or names files outside.
    public static func files(
        in bytes: [UInt8], limits: BundleLimits = BundleLimits()
    ) throws(BundleProblem) -> (files: [BundleFile], links: [String]) {
        // Room for headers and padding beside the files' own bytes.
        let archive = try Gzip.expand(bytes, limit: limits.size + limits.files * 1024)
        var reader = TarReader(archive, limits: limits)
        var files: [BundleFile] = [], links: [String] = [], seen = Set<String>(), size = 0, count = 0
        while let entry = try reader.next() {
            count += 1
            if count > limits.files { throw BundleProblem("it has more than \(limits.files) files") }
            guard entry.kind == .file || entry.kind == .link else { continue }
            let path = try cleaned(entry.path)
            guard !path.isEmpty else { throw BundleProblem("a file has no name") }
            guard seen.insert(path).inserted else { throw BundleProblem("\(path) is in it twice") }
            if entry.kind == .link {
                links.append(path)
                continue
            }
            size += entry.contents.count
            if size > limits.size { throw BundleProblem("it holds more than \(limits.size >> 20) MiB") }
            files.append(BundleFile(path: path, bytes: Array(entry.contents)))
        }
        return (files, links)
    }

    /// The path without `.` parts and slashes at its ends; `..` is refused.
    static func cleaned(_ path: String) throws(BundleProblem) -> String {
        let parts = path.split(separator: "/").filter { $0 != "." }
        if parts.contains("..") || path.utf8.contains(0) { throw BundleProblem("the path \(path) leaves the bundle") }
        if parts.count > 100 { throw BundleProblem("its folders nest too deeply") }
        return parts.joined(separator: "/")
    }

    /// An archive of the files, in the order of their paths: equal files give equal bytes.
    public static func archive(_ files: [BundleFile]) -> [UInt8] {
        var archive = TarWriter(mode: 0o600)
        for file in files.sorted(by: { ExactText.precedes($0.path, $1.path) }) {
            archive.add("/\(file.path)".utf8, file.bytes)
        }
        return Gzip.compress(archive.finished())
    }
}
