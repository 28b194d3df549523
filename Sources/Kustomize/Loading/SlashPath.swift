/// Paths as text, with Go's `path.Clean` rules.
package enum SlashPath {
    /// The shortest path that means the same by its text: no `.`, no `..` after a name, no doubled slashes.
    package static func clean(_ path: String) -> String {
        if isClean(path) { return path }
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        var parts: [Substring] = []
        for part in path.utf8.split(separator: UInt8(ascii: "/")).map({ Substring($0) }) where part != "." {
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

    /// Whether a path has no part that is empty, `.` or `..`, as most have none.
    private static func isClean(_ path: String) -> Bool {
        // How many dots the part has that is read, and whether it has anything else.
        var (dots, hasOther, index) = (0, false, 0)
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "/"):
                if index > 0, !hasOther, dots <= 2 { return false }
                (dots, hasOther) = (0, false)
            case UInt8(ascii: "."): dots += 1
            default: hasOther = true
            }
            index += 1
        }
        return hasOther || dots > 2
    }

    /// The path below a folder; an absolute path stays as it is.
    package static func join(_ folder: String, _ path: String) -> String {
        path.utf8.first == UInt8(ascii: "/") ? clean(path) : clean(folder + "/" + path)
    }

    /// The part after the last slash.
    static func base(_ path: String) -> String {
        let trimmed = path.utf8.last == UInt8(ascii: "/") ? path.utf8.dropLast() : path.utf8[...]
        guard let slash = trimmed.lastIndex(of: UInt8(ascii: "/")) else { return String(Substring(trimmed)) }
        return String(Substring(trimmed[trimmed.index(after: slash)...]))
    }

    /// The folder that holds the path.
    static func folder(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
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
        return path.utf8.starts(with: prefix.utf8) ? String(Substring(path.utf8.dropFirst(prefix.utf8.count))) : path
    }
}
