import Inputs

/// Which names files of a workspace may have: none leads out of its folder or hides.
enum WorkspacePath {
    /// What is wrong with a path; nil when nothing is.
    static func problem(_ path: String, in pane: Workspace.Pane) -> String? {
        let shown = path.unicodeScalars.count <= 80 ? "\"\(path)\"" : "The path"
        if path.isEmpty { return "A file of `\(pane.rawValue)` has an empty path." }
        if path.utf8.count > 240 { return "A path may have 240 bytes; one of `\(pane.rawValue)` has \(path.utf8.count)." }
        if path.hasPrefix("/") { return "\(shown) is absolute; paths are relative to `\(pane.rawValue)`." }
        if path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F || $0 == "\\" || $0 == ":" }) {
            return "A path of `\(pane.rawValue)` has a control character, a backslash or a colon."
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.contains(where: { $0 == ".." || $0 == "." }) {
            return "\(shown) leads out of `\(pane.rawValue)`; `.` and `..` are not allowed."
        }
        if parts.contains(where: \.isEmpty) { return "\(shown) has an empty folder name." }
        let isRules = pane == .sources && parts.last == ".helmignore"
        if parts.dropLast(isRules ? 1 : 0).contains(where: { $0.hasPrefix(".") }) {
            return "\(shown) is hidden; names must not start with a dot."
        }
        if parts.count > 12 { return "\(shown) is nested deeper than 12 folders." }
        if let suffixes = pane.suffixes, !suffixes.contains(FilePath.suffix(of: path)) {
            let wanted = suffixes.map { ".\($0)" }.joined(separator: ", ")
            return "\(shown) must end in \(wanted) to be in `\(pane.rawValue)`."
        }
        return nil
    }
}
