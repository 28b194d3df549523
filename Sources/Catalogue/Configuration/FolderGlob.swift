package import Inputs

/// A pattern for files below a folder.
package struct FolderGlob: Sendable, Hashable {
    /// Absolute, with a closing slash.
    package let folder: String
    package let glob: PathGlob

    /// - Parameter folder: relative to the current one, or absolute.
    package init(_ text: String, in folder: String) {
        self.folder = Self.absolute(folder)
        glob = PathGlob(text)
    }

    /// Whether a file, by its absolute path, is meant. A pattern that fits a folder means all below it.
    package func matches(_ path: String) -> Bool {
        guard path.hasPrefix(folder) else { return false }
        var relative = path.dropFirst(folder.utf8.count)
        while !relative.isEmpty {
            if glob.matches(String(relative)) { return true }
            guard let slash = relative.lastIndex(of: "/") else { return false }
            relative = relative[..<slash]
        }
        return false
    }

    /// An absolute path of a folder, without `.` and `..`, with a closing slash.
    package static func absolute(_ folder: String) -> String {
        let path = FileSystem.plainAbsolute(folder.isEmpty ? "." : folder)
        return path.hasSuffix("/") ? path : path + "/"
    }
}
