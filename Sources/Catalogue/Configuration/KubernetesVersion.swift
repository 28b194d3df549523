/// A minor release of Kubernetes, a range of them, or `latest`.
package struct KubernetesVersion: Sendable, Hashable {
    /// The newest release the library knows; the target when none is configured.
    package static let newest = KubernetesVersion(text: "1.35")

    /// The newest rules, whatever their release.
    package static let latest = KubernetesVersion(text: "latest")

    /// `1.31` or `latest`; of a range the last release, which counts where one is needed.
    package let text: String
    /// The range as written, `1.31-1.36`; the same as `text` for one release.
    package let range: String

    private init(text: String, range: String? = nil) {
        self.text = text
        self.range = range ?? text
    }

    /// Reads `1.31`, `v1.31`, `1.31.4`, `1.31-1.36` or `latest`; nil for anything else.
    package init?(parsing text: String) {
        if text == "latest" {
            self = .latest
            return
        }
        let bounds = text.split(separator: "-", omittingEmptySubsequences: false)
        if bounds.count == 2 {
            guard let first = Self(parsing: String(bounds[0])), let last = Self(parsing: String(bounds[1])),
                first != .latest, last != .latest, first.isAtMost(last)
            else { return nil }
            self.init(text: last.text, range: "\(first.text)-\(last.text)")
            return
        }
        let parts = (text.hasPrefix("v") ? text.dropFirst() : text[...]).split(
            separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy(\.isASCIIDigit) }),
            let major = Int(parts[0]), let minor = Int(parts[1]), major >= 1
        else { return nil }
        self.init(text: "\(major).\(minor)")
    }

    private func isAtMost(_ other: KubernetesVersion) -> Bool {
        let own = text.split(separator: ".").compactMap { Int($0) }
        return !other.text.split(separator: ".").compactMap { Int($0) }.lexicographicallyPrecedes(own)
    }
}

extension Character {
    /// `0` to `9`.
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
