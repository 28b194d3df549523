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
        if path.utf8.withContiguousStorageIfAvailable(isNormal) ?? false { return path }
        let parts = path.utf8.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
        let text = parts.map { String(Substring($0)) }.joined(separator: "/")
        if path.hasPrefix("/") { return "/" + text }
        return text.isEmpty ? "." : text
    }

    /// Whether nothing is to be left out, as of nearly every path.
    private static func isNormal(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        var (length, isDot) = (0, false), isFirst = true
        for byte in path {
            if byte == slash {
                if length == 0, !isFirst || path.count == 1 { return false }
                if length == 1, isDot { return false }
                (length, isDot) = (0, false)
            } else {
                isDot = byte == UInt8(ascii: ".")
                length += 1
            }
            isFirst = false
        }
        return length > 0 && !(length == 1 && isDot)
    }

    private static let slash = UInt8(ascii: "/")

    /// The last part.
    package static func name(of path: String) -> Substring {
        let bytes = path.utf8
        var end = bytes.endIndex
        while end > bytes.startIndex, bytes[bytes.index(before: end)] == slash { end = bytes.index(before: end) }
        let start = bytes[..<end].lastIndex(of: slash).map(bytes.index(after:)) ?? bytes.startIndex
        return path[start..<end]
    }

    /// What stands before the last part; `.` when there is nothing.
    package static func folder(of path: String) -> String {
        guard let last = path.utf8.lastIndex(of: slash) else { return "." }
        return last == path.startIndex ? "/" : String(path[..<last])
    }

    /// The letters after the last dot of the name, in lower case; empty for names without one. Of `.yaml` it is `yaml`, as
    /// `kubectl` has it.
    package static func suffix(of path: String) -> String {
        let name = name(of: path)
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
        return name[name.utf8.index(after: dot)...].lowercased()
    }
}
