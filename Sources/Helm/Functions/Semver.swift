/// Semantic versions as the Masterminds library reads them: parts may be missing, a `v` may stand before.
struct Semver: Equatable {
    var major: UInt64
    var minor: UInt64
    var patch: UInt64
    var prerelease: String
    var metadata: String
    var original: String

    /// nil for what is no version. `strict` asks for all three numbers and no `v`.
    init?(_ text: String) {
        guard text.utf8.count <= 256 else { return nil }
        var rest = text[...]
        if rest.hasPrefix("v") { rest = rest.dropFirst() }
        metadata = ""
        prerelease = ""
        if let plus = rest.firstIndex(of: "+") {
            metadata = String(rest[rest.index(after: plus)...])
            rest = rest[..<plus]
            guard Self.isDotted(metadata) else { return nil }
        }
        if let dash = rest.firstIndex(of: "-") {
            prerelease = String(rest[rest.index(after: dash)...])
            rest = rest[..<dash]
            guard Self.isDotted(prerelease), Self.hasNoZeros(prerelease) else { return nil }
        }
        let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard 1...3 ~= parts.count else { return nil }
        var numbers: [UInt64] = []
        for part in parts {
            guard !part.isEmpty, part.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = UInt64(part) else {
                return nil
            }
            numbers.append(number)
        }
        numbers += [0, 0]
        (major, minor, patch, original) = (numbers[0], numbers[1], numbers[2], text)
    }

    private static func isDotted(_ text: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { $0 == 0x2D || $0 &- 0x30 <= 9 || ($0 | 0x20) &- 0x61 < 26 }
        }
    }

    private static func hasNoZeros(_ text: String) -> Bool {
        text.split(separator: ".").allSatisfy { part in
            part.utf8.count == 1 || !part.hasPrefix("0") || !part.utf8.allSatisfy { $0 &- 0x30 <= 9 }
        }
    }

    /// The version with all parts and without `v`.
    var text: String {
        "\(major).\(minor).\(patch)" + (prerelease.isEmpty ? "" : "-" + prerelease)
            + (metadata.isEmpty ? "" : "+" + metadata)
    }

    /// -1, 0 or 1; metadata does not count.
    func compare(_ other: Semver) -> Int {
        for (a, b) in [(major, other.major), (minor, other.minor), (patch, other.patch)] where a != b {
            return a < b ? -1 : 1
        }
        if prerelease == other.prerelease { return 0 }
        if prerelease.isEmpty { return 1 }
        if other.prerelease.isEmpty { return -1 }
        let left = prerelease.split(separator: ".")
        let right = other.prerelease.split(separator: ".")
        for (a, b) in zip(left, right) where a != b {
            switch (UInt64(a), UInt64(b)) {
            case (let x?, let y?): return x < y ? -1 : 1
            case (_?, nil): return -1
            case (nil, _?): return 1
            case (nil, nil): return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
            }
        }
        return left.count < right.count ? -1 : left.count > right.count ? 1 : 0
    }
}
