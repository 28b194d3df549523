public import Foundation

/// Where the public conformance suites are: `LINTEL_CONFORMANCE`, or `../shared/conformance` beside the package.
///
/// A test that needs a suite says `.enabled(if: ConformanceData.isUsed("suite"), "no conformance data")`: without the suite
/// it is skipped, and the report says so. In CI (`CI=true`) it runs all the same and fails, since `files` then gives a file
/// that does not exist.
public enum ConformanceData {
    /// The folder, when it exists.
    public static let folder: URL? = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path =
            ProcessInfo.processInfo.environment["LINTEL_CONFORMANCE"]
            ?? package.appendingPathComponent("../shared/conformance").standardizedFileURL.path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            return nil
        }
        return URL(fileURLWithPath: path, isDirectory: true)
    }()

    /// Whether a missing suite is a failure.
    public static let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"

    /// Whether tests of a suite run: it is here, or it has to be.
    public static func isUsed(_ name: String) -> Bool { isRequired || has(name) }

    /// Whether a file or folder of the suites is here.
    public static func has(_ name: String) -> Bool {
        folder.map { FileManager.default.fileExists(atPath: $0.appendingPathComponent(name).path) } ?? false
    }

    /// A file or folder of the suites, which need not exist.
    public static func url(of name: String) -> URL {
        (folder ?? URL(fileURLWithPath: "/conformance-data-is-missing")).appendingPathComponent(name)
    }

    /// The files below a folder of the suites whose names end in a suffix, sorted by path. When there are none and they
    /// are required, one that does not exist.
    public static func files(below name: String, suffix: String) -> [URL] {
        let walker = FileManager.default.enumerator(at: url(of: name), includingPropertiesForKeys: nil)
        let files = (walker?.compactMap { $0 as? URL } ?? []).filter { $0.path.hasSuffix(suffix) }
        if files.isEmpty, isRequired { return [url(of: "\(name)/missing\(suffix)")] }
        return files.sorted { $0.path < $1.path }
    }

    /// The contents of a file of the suites.
    public static func bytes(of file: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: file)) }
}
