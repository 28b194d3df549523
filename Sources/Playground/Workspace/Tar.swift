/// Writes archives of text files in the POSIX tar format (ustar).
enum Tar {
    struct Entry: Sendable {
        var path: String
        var bytes: [UInt8]
    }

    private static let blockSize = 512

    /// An archive of regular files, the same bytes every time; nil when a path is too long for the format.
    static func archive(_ entries: [Entry]) -> [UInt8]? {
        var output: [UInt8] = []
        for entry in entries {
            guard let block = header(entry) else { return nil }
            output += block
            output += entry.bytes
            output += [UInt8](repeating: 0, count: (blockSize - entry.bytes.count % blockSize) % blockSize)
        }
        return output + [UInt8](repeating: 0, count: 2 * blockSize)
    }

    private static func header(_ entry: Entry) -> [UInt8]? {
        var block = [UInt8](repeating: 0, count: blockSize)
        func put(_ text: String, at offset: Int) { block.replaceSubrange(offset..<(offset + text.utf8.count), with: text.utf8) }
        func octal(_ value: Int, _ width: Int) -> String {
            let digits = String(value, radix: 8)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        guard let (prefix, name) = split(entry.path) else { return nil }
        put(name, at: 0)
        put("0000644", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(octal(entry.bytes.count, 11), at: 124)
        put(octal(0, 11), at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        put(prefix, at: 345)
        put(octal(block.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
        return block
    }

    /// The two fields of a long path: 155 bytes, a slash, 100 bytes.
    private static func split(_ path: String) -> (prefix: String, name: String)? {
        if path.utf8.count <= 100 { return ("", path) }
        for slash in path.indices where path[slash] == "/" {
            let prefix = path[..<slash], name = path[path.index(after: slash)...]
            if prefix.utf8.count <= 155, name.utf8.count <= 100 { return (String(prefix), String(name)) }
        }
        return nil
    }
}
