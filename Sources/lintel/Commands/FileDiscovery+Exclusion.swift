import Inputs

extension FileDiscovery.Result {
    /// Whether a pattern leaves out a file or a folder it is in, as seen from here or from a folder that was searched.
    func excludes(_ file: String, by patterns: [PathGlob]) -> Bool {
        if patterns.isEmpty { return false }
        let parts = file.split(separator: "/")
        let folders = arguments.lazy.filter(\.isFolder).map(\.path)
        return (1...max(1, parts.count)).contains { count in
            let path = (file.hasPrefix("/") ? "/" : "") + parts.prefix(count).joined(separator: "/")
            return patterns.contains { pattern in
                pattern.matches(path)
                    || folders.contains { path.hasPrefix($0 + "/") && pattern.matches(String(path.dropFirst($0.utf8.count + 1))) }
            }
        }
    }
}
