import Inputs

/// Whether git is told to leave a file out, by the `.gitignore` files in the folders above it.
enum GitIgnore {
    /// - Parameter path: absolute.
    static func ignores(_ path: String) -> Bool {
        guard let root = Repository.gitRoot(above: FilePath.folder(of: path)) ?? outermost(path) else { return false }
        var folder = root
        let parts = path.dropFirst(root.utf8.count).split(separator: "/")
        var isIgnored = false
        for depth in parts.indices {
            let rest = parts[depth...].map(String.init)
            if let verdict = verdict(folder, rest) { isIgnored = verdict }
            folder = FilePath.join(folder, String(parts[depth]))
        }
        return isIgnored
    }

    /// Without a repository the nearest folder with a `.gitignore` counts.
    private static func outermost(_ path: String) -> String? {
        var folder = FilePath.folder(of: path)
        while folder != "/" {
            if (try? FileSystem.status(of: FilePath.join(folder, ".gitignore"))) != nil { return folder }
            folder = FilePath.folder(of: folder)
        }
        return nil
    }

    /// What the `.gitignore` of a folder says about a path below it; nil when it says nothing.
    private static func verdict(_ folder: String, _ parts: [String]) -> Bool? {
        guard let bytes = try? FileSystem.read(FilePath.join(folder, ".gitignore"), limit: 1 << 20) else { return nil }
        var verdict: Bool?
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            var pattern = line.trimmed
            if pattern.isEmpty || pattern.hasPrefix("#") { continue }
            let isNegated = pattern.hasPrefix("!")
            if isNegated { pattern = pattern.dropFirst() }
            let isFolder = pattern.hasSuffix("/")
            if isFolder { pattern = pattern.dropLast() }
            // A pattern that fits a folder above the file fits the file.
            let deepest = isFolder ? parts.count - 1 : parts.count
            if deepest < 1 { continue }
            let isAnchored = pattern.contains("/")
            let fits = (1...deepest).contains { count in
                let path = isAnchored ? parts.prefix(count).joined(separator: "/") : parts[count - 1]
                return PathGlob((isAnchored && !pattern.hasPrefix("/") ? "/" : "") + pattern).matches(path)
            }
            if fits { verdict = !isNegated }
        }
        return verdict
    }
}
