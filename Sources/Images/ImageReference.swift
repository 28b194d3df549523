/// The name of a container image, as `docker.io/library/nginx:1.27@sha256:…`, taken apart as containerd does
/// (https://github.com/distribution/reference).
package struct ImageReference: Sendable, Hashable {
    /// The host, with its port: `docker.io` where the text names none.
    package let registry: String
    /// The path, with `library/` before a single name of Docker Hub.
    package let repository: String
    package let tag: String?
    /// `sha256:` and the digits.
    package let digest: String?
    /// The name as it is written, without tag and digest.
    package let writtenName: String

    /// Nil for a text that is no image name.
    package init?(parsing text: String) {
        var name = Substring(text)
        guard name.utf8.count <= 1_000, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        var digest: String?
        if let at = name.firstIndex(of: "@") {
            let own = name[name.index(after: at)...]
            guard Self.isDigest(own) else { return nil }
            digest = String(own)
            name = name[..<at]
        }
        var tag: String?
        let slash = name.lastIndex(of: "/")
        if let colon = name.lastIndex(of: ":"), slash.map({ $0 < colon }) ?? true {
            let own = name[name.index(after: colon)...]
            guard Self.isTag(own) else { return nil }
            tag = String(own)
            name = name[..<colon]
        }
        var parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var registry = "docker.io"
        if parts.count > 1, let first = parts.first,
            first.contains(".") || first.contains(":") || first == "localhost" || first.contains(where: \.isUppercase)
        {
            registry = first == "index.docker.io" ? "docker.io" : first
            parts.removeFirst()
        }
        guard !parts.isEmpty, parts.allSatisfy(Self.isComponent) else { return nil }
        if registry == "docker.io", parts.count == 1 { parts.insert("library", at: 0) }
        self.registry = registry
        repository = parts.joined(separator: "/")
        self.tag = tag
        self.digest = digest
        writtenName = String(name)
    }

    /// The name without tag and digest, written in full.
    package var name: String { registry + "/" + repository }

    /// The tag that is pulled: `latest` where neither tag nor digest is written.
    package var effectiveTag: String? { tag ?? (digest == nil ? "latest" : nil) }

    /// The name, tag and digest, the name written in full.
    package var fullText: String { name + suffix(effectiveTag, digest) }

    /// The image as it is written.
    package var text: String { writtenName + suffix(tag, digest) }

    /// The same image with another tag and digest.
    package func text(tag: String?, digest: String?) -> String { writtenName + suffix(tag, digest) }

    private func suffix(_ tag: String?, _ digest: String?) -> String {
        (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0 } ?? "")
    }

    /// Whether what it names can change: no digest, and a tag that is meant to move.
    package var isFloating: Bool {
        guard digest == nil, let tag = effectiveTag else { return false }
        return Self.movingTags.contains(tag) || !tag.contains(where: \.isNumber)
    }

    private static let movingTags: Set = ["latest", "stable", "edge", "nightly", "main", "master", "dev", "canary"]

    package static func isTag(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128, isWord(first) else { return false }
        return text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    package static func isDigest(_ text: Substring) -> Bool {
        guard let colon = text.firstIndex(of: ":") else { return false }
        let digits = text[text.index(after: colon)...]
        let most = text.hasPrefix("sha256:") ? 64...64 : text.hasPrefix("sha512:") ? 128...128 : 32...512
        return colon != text.startIndex && most.contains(digits.utf8.count)
            && digits.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        isLower(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "_")
    }

    private static func isLower(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isComponent(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, isLower(first), isLower(last) else { return false }
        return text.utf8.allSatisfy { isLower($0) || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }
    }
}
