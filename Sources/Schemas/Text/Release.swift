/// A minor release of Kubernetes, as `1.31`.
package struct Release: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var major: Int
    package var minor: Int

    package init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `1.31`, `v1.31` or `1.31.4`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let number = text.hasPrefix("v") ? text.dropFirst() : text[...]
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ (1...4).contains($0.count) }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let major = Int(parts[0]), let minor = Int(parts[1])
        else { return nil }
        self.init(major: major, minor: minor)
    }

    package var description: String { "\(major).\(minor)" }

    package static func < (left: Release, right: Release) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

/// Releases from a first to a last one: `1.31-1.36`.
package struct ReleaseRange: Sendable, Hashable, CustomStringConvertible {
    package var first: Release
    package var last: Release

    package init(_ release: Release) {
        first = release
        last = release
    }

    package init(first: Release, last: Release) {
        self.first = first
        self.last = last
    }

    /// Reads `1.31` or `1.31-1.36`; nil for anything else, and when the first is newer than the last.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first.flatMap({ Release($0) }), parts.count <= 2,
            let last = parts.count == 2 ? Release(parts[1]) : first, first <= last
        else { return nil }
        self.init(first: first, last: last)
    }

    package var description: String { first == last ? "\(first)" : "\(first)-\(last)" }
}
