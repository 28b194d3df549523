/// What an image is to be replaced by.
package struct ImageTarget: Sendable, Hashable {
    package var tag: String?
    package var digest: String?

    package init(tag: String?, digest: String?) {
        self.tag = tag
        self.digest = digest
    }

    /// Reads `name=tag`, `name:old=tag`, `name=tag@sha256:…` or `name=@sha256:…`, as `kustomize edit set image` nearly has it; nil for
    /// anything else.
    package static func parse(_ text: String) -> (image: ImageReference, target: ImageTarget)? {
        guard let equals = text.lastIndex(of: "="), let image = ImageReference(parsing: String(text[..<equals])) else {
            return nil
        }
        let value = text[text.index(after: equals)...]
        let parts = value.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let tag = parts.first.flatMap { $0.isEmpty ? nil : $0 }, digest = parts.count == 2 ? parts[1] : nil
        if tag == nil, digest == nil { return nil }
        guard tag.map(ImageReference.isTag) ?? true, digest.map(ImageReference.isDigest) ?? true else { return nil }
        return (image, ImageTarget(tag: tag.map(String.init), digest: digest.map(String.init)))
    }
}

/// What is to be done about the images of a repository, the most urgent first.
package struct UpgradePlan: Sendable {
    /// One image with what is known of it.
    package struct Entry: Sendable {
        package var image: Image
        /// What scans say of it; nil when no report is about it.
        package var scan: ScannedImage?
        package var counts: VulnerabilityCounts?
        /// What it is to be replaced by; nil when nothing better is known.
        package var target: ImageTarget?
        /// What scans say of the target.
        package var after: VulnerabilityCounts?
    }

    package private(set) var entries: [Entry]
    /// Reports about images that nothing uses.
    package private(set) var unused: [ScannedImage]

    /// What a user asks for.
    package struct Wishes: Sendable {
        package var replacements: [(image: ImageReference, target: ImageTarget)] = []
        package var digests = DigestList()
        /// Whether images are pinned to the digests that are known.
        package var pins = false

        package init() {}
    }

    package init(_ images: [Image], scans: [ScannedImage], wishes: Wishes) {
        entries = images.map { image in
            guard let reference = image.reference else { return Entry(image: image) }
            let own = scans.filter { $0.isAbout(reference) }
            var entry = Entry(image: image, scan: Self.joined(own))
            entry.counts = entry.scan.flatMap { $0.isScanned ? VulnerabilityCounts($0.vulnerabilities) : nil }
            Self.choose(&entry, reference, scans, wishes)
            return entry
        }
        let targets = entries.compactMap { entry in
            entry.target.flatMap { target in
                entry.image.reference.flatMap { ImageReference(parsing: $0.text(tag: target.tag, digest: target.digest)) }
            }
        }
        let wanted = images.compactMap(\.reference) + targets
        unused = scans.filter { scan in !wanted.contains(where: scan.isAbout) }
        entries.sort { left, right in
            switch (left.counts, right.counts) {
            case (let left?, let right?) where left != right && (left.isWorse(than: right) || right.isWorse(than: left)):
                return left.isWorse(than: right)
            case (_?, nil): return true
            case (nil, _?): return false
            default: return left.image.title < right.image.title
            }
        }
    }

    /// Several reports about one image as one: a vulnerability that two scanners found counts once.
    private static func joined(_ scans: [ScannedImage]) -> ScannedImage? {
        guard var joined = scans.first else { return nil }
        for scan in scans.dropFirst() {
            joined.format += scan.format == joined.format ? "" : ", " + scan.format
            joined.file += ", " + scan.file
            joined.references += scan.references
            joined.digests.formUnion(scan.digests)
            joined.isScanned = joined.isScanned || scan.isScanned
            joined.packages = max(joined.packages, scan.packages)
            for found in scan.vulnerabilities {
                guard let index = joined.vulnerabilities.firstIndex(where: { $0.id == found.id && $0.package == found.package })
                else {
                    joined.vulnerabilities.append(found)
                    continue
                }
                if joined.vulnerabilities[index].fixed.isEmpty { joined.vulnerabilities[index].fixed = found.fixed }
                joined.vulnerabilities[index].isExploited = joined.vulnerabilities[index].isExploited || found.isExploited
            }
        }
        return joined
    }

    /// What was asked for by name, else the best tag of the same image that a report is about, pinned when a digest is known.
    private static func choose(_ entry: inout Entry, _ reference: ImageReference, _ scans: [ScannedImage], _ wishes: Wishes) {
        let asked = wishes.replacements.last { wish in
            wish.image.name == reference.name && (wish.image.tag.map { $0 == reference.tag } ?? true)
        }
        if let asked {
            entry.target = ImageTarget(tag: asked.target.tag ?? reference.tag, digest: asked.target.digest)
        } else if let own = entry.counts, let better = better(than: own, reference, scans) {
            entry.target = ImageTarget(tag: better.tag, digest: nil)
            entry.after = better.counts
        }
        let tag = entry.target == nil ? reference.tag : entry.target?.tag
        guard let named = ImageReference(parsing: reference.text(tag: tag, digest: nil)) else { return }
        if entry.target?.digest == nil, wishes.pins || reference.digest != nil, let digest = wishes.digests.digest(of: named) {
            entry.target = ImageTarget(tag: tag, digest: digest)
        }
        if let target = entry.target, target.tag == reference.tag, target.digest == reference.digest { entry.target = nil }
        if entry.after == nil, let target = entry.target, target.tag != reference.tag,
            let scan = scans.first(where: { $0.isScanned && $0.isAbout(named) })
        {
            entry.after = VulnerabilityCounts(scan.vulnerabilities)
        }
    }

    private static func better(
        than own: VulnerabilityCounts, _ reference: ImageReference, _ scans: [ScannedImage]
    ) -> (tag: String, counts: VulnerabilityCounts)? {
        var best: (tag: String, counts: VulnerabilityCounts)?
        for scan in scans where scan.isScanned {
            let counts = VulnerabilityCounts(scan.vulnerabilities)
            for other in scan.references where other.name == reference.name {
                guard let tag = other.tag, tag != reference.effectiveTag, !other.isFloating || reference.isFloating,
                    own.isWorse(than: best?.counts ?? counts), (best?.counts ?? own).isWorse(than: counts)
                else { continue }
                best = (tag, counts)
            }
        }
        return best
    }
}
