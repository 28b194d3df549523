import GoTemplate

/// Functions on slash paths (Go's `path`, which on Unix is `filepath` too).
enum PathFunctions {
    static let all: [TemplateFunction] = ["", "os"].flatMap { prefix in
        func name(_ word: String) -> String {
            prefix.isEmpty ? word : prefix + word.prefix(1).uppercased() + word.dropFirst()
        }
        return [
            function(name("base"), [.string]) { .string(base($0.text(0))) },
            function(name("dir"), [.string]) { .string(directory($0.text(0))) },
            function(name("clean"), [.string]) { .string(clean($0.text(0))) },
            function(name("ext"), [.string]) { .string(ending($0.text(0))) },
            function(name("isAbs"), [.string]) { .bool($0.text(0).hasPrefix("/")) },
        ]
    }

    static func base(_ path: String) -> String {
        if path.isEmpty { return "." }
        guard let last = path.utf8.split(separator: UInt8(ascii: "/")).last else { return "/" }
        return String(Substring(last))
    }

    static func directory(_ path: String) -> String {
        clean(path.lastIndex(of: "/").map { String(path[...$0]) } ?? "")
    }

    static func ending(_ path: String) -> String {
        let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        return name.lastIndex(of: ".").map { String(name[$0...]) } ?? ""
    }

    static func clean(_ path: String) -> String {
        if path.isEmpty { return "." }
        let isRooted = path.hasPrefix("/")
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isRooted {
                parts.append(part)
            }
        }
        let text = (isRooted ? "/" : "") + parts.joined(separator: "/")
        return text.isEmpty ? "." : text
    }
}
