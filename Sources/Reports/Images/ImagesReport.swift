import Diagnostics
import Documents
package import Images
import Inputs
import Text

/// The images of a repository, as `lintel images` writes them.
package struct ImagesReport {
    /// How they are written.
    package enum Format: String, Sendable, CaseIterable {
        case text, json, csv, markdown, cyclonedx
    }

    let plan: UpgradePlan
    /// Images in the order of their names.
    let images: [UpgradePlan.Entry]
    let version: String
    /// RFC 3339; nil to leave the time out.
    let timestamp: String?
    /// Whether reports of scanners were given.
    let isScanned: Bool

    package init(_ plan: UpgradePlan, version: String, timestamp: String?, isScanned: Bool) {
        self.plan = plan
        images = plan.entries.sorted { $0.image.title < $1.image.title }
        self.version = version
        self.timestamp = timestamp
        self.isScanned = isScanned
    }

    package func text(as format: Format) -> String {
        switch format {
        case .text: text()
        case .json: json()
        case .csv: csv()
        case .markdown: markdown()
        case .cyclonedx: cycloneDX()
        }
    }

    /// `2 known-exploited, 3 critical, 12 high`, the worst three kinds.
    static func phrase(_ counts: VulnerabilityCounts) -> String {
        let parts = [
            (counts.exploited, "known-exploited"), (counts.critical, "critical"), (counts.high, "high"),
            (counts.medium, "medium"),
            (counts.low, "low"),
        ].filter { $0.0 > 0 }
        return parts.isEmpty ? "no vulnerabilities" : parts.prefix(3).map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    static func pin(_ image: ImageReference?) -> String {
        guard let image else { return "no image name" }
        return image.digest != nil ? "pinned by digest" : image.isFloating ? "floating tag" : "tag"
    }

    /// `nginx:1.19 -> 1.27.3@sha256:…`.
    static func change(_ entry: UpgradePlan.Entry) -> String? {
        guard let target = entry.target, let old = entry.image.reference else { return nil }
        let tag = target.tag == old.tag ? nil : target.tag
        let digest = target.digest == old.digest ? nil : target.digest
        let new = (tag ?? "") + (digest.map { "@" + $0 } ?? "")
        return new.isEmpty ? "without its digest" : new
    }

    static func place(_ place: ImagePlace) -> String {
        let key = place.key.isEmpty || place.kind == .manifest ? "" : " \(place.key)"
        let hint: String =
            switch place.kind {
            case .template where place.part == .image: " (hard-coded in the template)"
            case .template where place.part == .tag: " (tag hard-coded in the template)"
            case .template: " (template)"
            case .chart: " of the chart"
            case .flag: " (command line)"
            default: ""
            }
        return (place.kind == .flag ? place.file : "\(place.file):\(place.line)") + key + hint
    }

    /// `Deployment shop/web "nginx"`.
    static func user(_ use: ImageUse) -> String {
        use.resource.title + (use.container.isEmpty ? " \(use.path.fieldPath)" : " \"\(use.container)\"")
    }

    // MARK: Text

    private func text() -> String {
        var output = ""
        for entry in images {
            output += "\(DisplayText.escapedAtLineStart(entry.image.title))  \(Self.pin(entry.image.reference))"
            if let counts = entry.counts { output += "  \(Self.phrase(counts))" }
            let policies = entry.image.pullPolicies
            if !policies.isEmpty { output += "  pull \(policies.joined(separator: ", "))" }
            output += "\n"
            for place in entry.image.places { output += "  \(DisplayText.escaped(Self.place(place)))\n" }
            var seen: Set<String> = []
            let users = entry.image.uses.map(Self.user).filter { seen.insert($0).inserted }
            for user in users.prefix(6) { output += "    \(DisplayText.escaped(user))\n" }
            if users.count > 6 { output += "    and \(users.count - 6) more\n" }
        }
        output += upgradeText()
        return output + "\n" + summary + "\n"
    }

    private func upgradeText() -> String {
        let urgent = plan.entries.filter {
            $0.target != nil || ($0.counts.map { $0.exploited + $0.critical + $0.high > 0 } ?? false)
        }
        if urgent.isEmpty { return "" }
        var output = "\nUpgrade plan\n"
        for (index, entry) in urgent.enumerated() {
            output += "\(index + 1). \(DisplayText.escaped(entry.image.title))"
            if let change = Self.change(entry) { output += " -> \(DisplayText.escaped(change))" }
            if let counts = entry.counts { output += ": \(Self.phrase(counts))" }
            if let after = entry.after { output += "; then \(Self.phrase(after))" }
            output += "\n"
            if entry.target == nil { output += "   \(Self.advice(entry))\n" }
            for place in Self.changing(entry) { output += "   \(DisplayText.escaped(Self.place(place)))\n" }
            for found in (entry.scan?.vulnerabilities ?? []).filter({ $0.isExploited || $0.severity >= .high }).prefix(5) {
                output += "   \(DisplayText.escaped(Self.line(found)))\n"
            }
        }
        return output
    }

    private static func advice(_ entry: UpgradePlan.Entry) -> String {
        guard let counts = entry.counts else { return "no better tag is known" }
        let fixable = counts.fixable
        return "no report about a better tag was given; "
            + (fixable == 0
                ? "no newer package mends any of them"
                : "newer packages mend \(fixable) of \(counts.total): look for a newer image and name it with --set-image")
    }

    /// The places that a change would touch: those of the whole image, the tag or the digest.
    private static func changing(_ entry: UpgradePlan.Entry) -> [ImagePlace] {
        let parts = entry.image.places.filter { [.image, .tag, .digest].contains($0.part) }
        return parts.isEmpty ? entry.image.places : parts
    }

    static func line(_ found: Vulnerability) -> String {
        let fix = found.fixed.isEmpty ? "" : " -> \(found.fixed)"
        return
            "\(found.id) \(found.severity.rawValue)\(found.isExploited ? ", known-exploited" : ""): \(found.package) \(found.installed)\(fix)"
    }

    var summary: String {
        let references = images.compactMap(\.image.reference)
        let pinned = references.count { $0.digest != nil }, floating = references.count(where: \.isFloating)
        var text =
            "\(images.count) image\(images.count == 1 ? "" : "s"): \(pinned) pinned by digest, \(floating) with a floating tag"
        if isScanned {
            let scanned = images.compactMap(\.counts)
            text += "; \(scanned.count) scanned, \(scanned.count { $0.critical > 0 }) of them with critical vulnerabilities"
            let known = scanned.count { $0.exploited > 0 }
            if known > 0 { text += ", \(known) with known-exploited ones" }
        }
        text += "."
        if !plan.unused.isEmpty {
            let names = plan.unused.map { $0.references.first?.text ?? $0.file }
            text += "\nScanned but not used here: \(DisplayText.escaped(names.joined(separator: ", ")))."
        }
        return text
    }
}
