/// Paths as text, with Go's `path.Clean` rules.
package enum SlashPath {
    /// The shortest path that means the same by its text: no `.`, no `..` after a name, no doubled slashes.
    package static func clean(_ path: String) -> String {
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isAbsolute {
                parts.append(part)
            }
        }
        let text = parts.joined(separator: "/")
        if isAbsolute { return "/" + text }
        return text.isEmpty ? "." : text
    }

    /// The path below a folder; an absolute path stays as it is.
    package static func join(_ folder: String, _ path: String) -> String {
        path.utf8.first == UInt8(ascii: "/") ? clean(path) : clean(folder + "/" + path)
    }

    /// The part after the last slash.
    static func base(_ path: String) -> String {
        let trimmed = path.utf8.last == UInt8(ascii: "/") ? String(path.dropLast()) : path
        return trimmed.lastIndex(of: "/").map { String(trimmed[trimmed.index(after: $0)...]) } ?? trimmed
    }

    /// The folder that holds the path.
    static func folder(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Whether a path is the folder or below it; both absolute and clean.
    package static func contains(_ folder: String, _ path: String) -> Bool {
        folder == "/" || path == folder || path.hasPrefix(folder + "/")
    }

    /// The path as seen from a folder, both absolute; unchanged when it is not below the folder.
    package static func relative(_ path: String, to folder: String) -> String {
        if path == folder { return "." }
        let prefix = folder == "/" ? "/" : folder + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    }
}
