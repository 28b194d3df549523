import Inputs

/// Finds the `lintel.yaml` that holds for a folder.
package enum ConfigurationFinder {
    package static let names = ["lintel.yaml", "lintel.yml"]

    /// The file in the folder or the nearest one above it, not above the root of the repository.
    package static func path(from folder: String) -> String? {
        var folder = FilePath.normalized(FileSystem.absolute(folder))
        var prefix = ""
        while true {
            for name in names where isFile(FilePath.join(folder, name)) { return prefix + name }
            if exists(FilePath.join(folder, ".git")) || folder == "/" { return nil }
            folder = FilePath.folder(of: folder)
            prefix += "../"
        }
    }

    /// The root of the repository that a file or folder is in, absolute; nil when it is in none.
    package static func repository(of path: String) -> String? {
        var folder = FileSystem.plainAbsolute(path)
        while true {
            if exists(FilePath.join(folder, ".git")) { return folder }
            if folder == "/" || folder == "." { return nil }
            folder = FilePath.folder(of: folder)
        }
    }

    private static func exists(_ path: String) -> Bool { (try? FileSystem.status(of: path)) != nil }

    private static func isFile(_ path: String) -> Bool { (try? FileSystem.status(of: path))?.kind == .file }
}
