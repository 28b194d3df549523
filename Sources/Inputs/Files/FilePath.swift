/// Text of paths: joining, splitting, shortening. Nothing here touches the disk.
package enum FilePath {
    /// `folder/name`, without doubling slashes and without a leading `./`.
    package static func join(_ folder: String, _ name: String) -> String {
        if name.hasPrefix("/") { return name }
        let rest = normalized(name)
        let base = normalized(folder)
        if base == "." { return rest }
        if rest == "." { return base }
        return base.hasSuffix("/") ? base + rest : base + "/" + rest
    }

    /// The path without `.` parts, doubled slashes and a closing slash.
    package static func normalized(_ path: String) -> String {
        let parts = path.split(separator: "/").filter { $0 != "." }
        let text = parts.joined(separator: "/")
        if path.hasPrefix("/") { return "/" + text }
        return text.isEmpty ? "." : text
    }

    /// The last part.
    package static func name(of path: String) -> Substring {
        path.split(separator: "/").last ?? ""
    }

    /// What stands before the last part; `.` when there is nothing.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The letters after the last dot of the name, in lower case; empty for names without one. Of `.yaml` it is `yaml`, as
    /// `kubectl` has it.
    package static func suffix(of path: String) -> String {
        let name = name(of: path)
        guard let dot = name.lastIndex(of: ".") else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }
}
