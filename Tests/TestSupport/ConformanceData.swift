public import Foundation

/// Where the public conformance suites are: `LINTEL_CONFORMANCE`, or `../shared/conformance` beside the package.
public enum ConformanceData {
    /// The folder, when it exists.
    public static let folder: URL? = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path =
            ProcessInfo.processInfo.environment["LINTEL_CONFORMANCE"]
            ?? package.appendingPathComponent("../shared/conformance").standardizedFileURL.path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return nil }
        return URL(fileURLWithPath: path, isDirectory: true)
    }()

    /// The files below a folder of the suites whose names end in a suffix, sorted by path.
    public static func files(below name: String, suffix: String) -> [URL] {
        guard let root = folder?.appendingPathComponent(name),
            let walker = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        else { return [] }
        return walker.compactMap { $0 as? URL }.filter { $0.path.hasSuffix(suffix) }.sorted { $0.path < $1.path }
    }

    /// The contents of a file of the suites.
    public static func bytes(of file: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: file)) }
}
