package import Diagnostics
import Schemas

/// A minor release of Kubernetes, a range of them, or `latest`.
package struct KubernetesVersion: Sendable, Hashable {
    /// The newest release whose types are known; the target when none is configured.
    package static let newest = KubernetesVersion(text: TypeCatalogue.builtin.newest.description)

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
            let major = Int(parts[0]), let minor = Int(parts[1]), !parts[0].hasPrefix("0")
        else { return nil }
        self.init(text: "\(major).\(minor)")
    }

    private func isAtMost(_ other: KubernetesVersion) -> Bool {
        let own = text.split(separator: ".").compactMap { Int($0) }
        return !other.text.split(separator: ".").compactMap { Int($0) }.lexicographicallyPrecedes(own)
    }
}

extension KubernetesVersion {
    /// A warning for releases whose types are not known: what stands for them. Nothing for releases that are.
    package var unknownReleases: [Diagnostic] {
        guard let asked = ReleaseRange(range), let oldest = TypeCatalogue.builtin.releases.first else { return [] }
        let newest = TypeCatalogue.builtin.newest
        var problems: [Diagnostic] = []
        if asked.first < oldest { problems.append(Self.unknown(asked.first, "older than \(oldest), the oldest", oldest)) }
        if newest < asked.last { problems.append(Self.unknown(asked.last, "newer than \(newest), the newest", newest)) }
        return problems
    }

    private static func unknown(_ release: Release, _ relation: String, _ nearest: Release) -> Diagnostic {
        Diagnostic(
            code: "kubernetes_version_unknown", severity: .warning,
            message:
                "Kubernetes \(release) is \(relation) release whose types are known: objects are compared with those of \(nearest)"
        )
    }
}

extension Character {
    /// `0` to `9`.
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
