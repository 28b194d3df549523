
/// A minor release of Kubernetes, or `latest`.
package struct KubernetesVersion: Sendable, Hashable {
    /// The newest release the library knows; the target when none is configured.
    package static let newest = KubernetesVersion(text: "1.35")

    /// The newest rules, whatever their release.
    package static let latest = KubernetesVersion(text: "latest")

    /// `1.31` or `latest`.
    package let text: String

    private init(text: String) { self.text = text }

    /// Reads `1.31`, `v1.31`, `1.31.4` or `latest`; nil for anything else.
    package init?(parsing text: String) {
        if text == "latest" {
            self = .latest
            return
        }
        let parts = (text.hasPrefix("v") ? text.dropFirst() : text[...]).split(
            separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy(\.isASCIIDigit) }),
            let major = Int(parts[0]), let minor = Int(parts[1]), major >= 1
        else { return nil }
        self.text = "\(major).\(minor)"
    }
}

extension Character {
    /// `0` to `9`.
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
