/// The files that a build may look at; on disk, or in memory for tests and for what is edited.
package protocol FileAccess: Sendable {
    /// The bytes of a file at an absolute path; nil when there is no such file.
    func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8]?
    /// The path with all links followed, and what stands there; nil when nothing does.
    func resolve(_ path: String) -> (path: String, isFolder: Bool)?
}

/// Why a file cannot be read.
package enum FileProblem: Error {
    /// It has more bytes than the limit.
    case tooLarge(Int)
    /// The system's reason.
    case unreadable(String)
}

/// Files in memory, by absolute path.
package struct MemoryFiles: FileAccess {
    private let files: [String: [UInt8]]
    private let folders: Set<String>

    package init(_ files: [String: [UInt8]]) {
        self.files = files
        var folders: Set<String> = ["/"]
        for path in files.keys {
            var folder = SlashPath.folder(path)
            while folders.insert(folder).inserted { folder = SlashPath.folder(folder) }
        }
        self.folders = folders
    }

    package func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8]? {
        guard let bytes = files[path] else { return nil }
        if bytes.count > limit { throw .tooLarge(bytes.count) }
        return bytes
    }

    package func resolve(_ path: String) -> (path: String, isFolder: Bool)? {
        let path = SlashPath.clean(path)
        if folders.contains(path) { return (path, true) }
        return files[path] == nil ? nil : (path, false)
    }
}
