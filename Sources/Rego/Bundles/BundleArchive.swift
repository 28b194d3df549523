/// Bundles as gzipped tar archives (OPA documentation, "Bundle File Format").
public enum BundleArchive {
    /// Whether a file of this name is taken for an archive.
    public static func isArchive(_ path: String) -> Bool { path.hasSuffix(".tar.gz") || path.hasSuffix(".tgz") }

    /// The files of an archive in its order, and the paths of links, which bundles do not have.
    /// Paths that leave the bundle and paths that stand twice are refused.
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
        var output: [UInt8] = []
        for file in files.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
            let name = Array("/\(file.path)".utf8)
            if name.count > 100 {
                let record = paxRecord("path", name)
                append(header(Array("PaxHeader".utf8), record.count, type: UInt8(ascii: "x")), record, to: &output)
            }
            append(header(Array(name.prefix(100)), file.bytes.count, type: UInt8(ascii: "0")), file.bytes, to: &output)
        }
        output += [UInt8](repeating: 0, count: 1024)
        return Gzip.compress(output)
    }

    private static func append(_ header: [UInt8], _ contents: [UInt8], to output: inout [UInt8]) {
        output += header + contents
        output += [UInt8](repeating: 0, count: (512 - contents.count % 512) % 512)
    }

    /// `LENGTH KEY=VALUE\n`, where the length counts its own digits.
    private static func paxRecord(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [0x0A]
        var length = rest.count + 1
        while String(length).utf8.count + rest.count != length { length += 1 }
        return Array(String(length).utf8) + rest
    }

    private static func header(_ name: [UInt8], _ size: Int, type: UInt8) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: [UInt8], at start: Int) { header.replaceSubrange(start..<(start + text.count), with: text) }
        func octal(_ number: Int, _ width: Int) -> [UInt8] {
            let digits = String(number, radix: 8)
            return Array((String(repeating: "0", count: max(0, width - digits.count)) + digits).utf8)
        }
        put(name, at: 0)
        put(octal(0o600, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(size, 11), at: 124)
        put(octal(0, 11), at: 136)
        put([UInt8](repeating: 0x20, count: 8), at: 148)
        put([type], at: 156)
        put(Array("ustar\0".utf8) + Array("00".utf8), at: 257)
        put(octal(header.reduce(0) { $0 + Int($1) }, 6) + [0, 0x20], at: 148)
        return header
    }
}
