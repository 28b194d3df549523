import Text

/// Paths as report formats want them.
package struct ReportPath: Sendable {
    /// The folder that relative paths are relative to, absolute.
    private let folder: String
    /// Roots of repositories, absolute, the longest first.
    private let roots: [String]
    /// What a plain relative path is given to begin at the root; nil when that depends on the path.
    private let prefix: String?

    /// - Parameters:
    ///   - folder: the folder the check ran in, absolute.
    ///   - roots: the repositories that files may be in, absolute.
    package init(folder: String = "/", roots: [String] = []) {
        self.folder = folder
        self.roots = roots.sorted { $0.utf8.count > $1.utf8.count }
        let own = Self.normalized(folder)
        prefix = roots.count != 1 ? nil : own == roots[0] ? "" : Self.rest(of: own, below: roots[0]).map { $0 + "/" }
    }

    /// Whether paths are from the root of a repository.
    var hasRoot: Bool { !roots.isEmpty }

    /// The path from the root of the repository, which code hosts know files by; unchanged outside of any.
    package func fromRoot(_ path: String) -> String {
        if roots.isEmpty || path == "-" { return path }
        if let prefix, Self.isPlain(path) { return prefix.isEmpty ? path : prefix + path }
        let absolute = Self.normalized(path.hasPrefix("/") ? path : folder + "/" + path)
        for root in roots {
            if let rest = Self.rest(of: absolute, below: root) { return rest }
        }
        return path
    }

    /// What stands behind a folder; nil outside of it.
    private static func rest(of path: String, below folder: String) -> String? {
        let start = folder == "/" ? folder : folder + "/"
        return path.hasPrefix(start) ? String(path.dropFirst(start.count)) : nil
    }

    /// Whether a path is relative and has no `.`, `..` or doubled slash: no part of it begins with a dot.
    private static func isPlain(_ path: String) -> Bool {
        var isAtStart = true
        for byte in path.utf8 {
            if isAtStart, byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") { return false }
            isAtStart = byte == UInt8(ascii: "/")
        }
        return !isAtStart
    }

    /// A file of the repository, from a path that begins at its root; unchanged where there is no such repository.
    package func toFile(_ path: String) -> String {
        guard roots.count == 1, !path.hasPrefix("/") else { return path }
        return roots[0] + "/" + path
    }

    /// The path without `.`, `..` and doubled slashes.
    private static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// A relative reference or, for an absolute path, a `file` URI, with everything unusual percent-encoded.
    static func uri(_ path: String) -> String {
        func isPlain(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~/!$&'()*+,;=@".utf8.contains(byte)
        }
        var text = path.hasPrefix("/") ? "file://" : ""
        if text.isEmpty, path.utf8.allSatisfy(isPlain) { return path }
        for byte in path.utf8 {
            if isPlain(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + Hex.text(byte, digits: 2, isUpper: true)
            }
        }
        return text
    }
}
