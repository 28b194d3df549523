import Documents
import Images
import Inputs

extension ImagesReport {
    /// Everything that is known, as indented JSON with a final line break.
    func json() -> String {
        let document = Document { arena in
            arena.object([
                "images": arena.array(images.map { value($0, arena) }),
                "plan": arena.array(
                    plan.entries.filter { $0.target != nil }.map { arena.string($0.image.title) }),
                "scannedElsewhere": arena.array(
                    plan.unused.map { scan in
                        arena.object([
                            "file": arena.string(scan.file),
                            "images": arena.array(scan.references.map { arena.string($0.fullText) }),
                        ])
                    }),
                "tool": arena.object(["name": arena.string("lintel"), "version": arena.string(version)]),
                "time": timestamp.map { arena.string($0) } ?? .null,
            ])
        }
        return document.withRoot { JSONWriter.string($0, style: .pretty) } + "\n"
    }

    private func value(_ entry: UpgradePlan.Entry, _ arena: Arena) -> Value {
        func text(_ text: String?) -> Value { text.map { arena.string($0) } ?? .null }
        let image = entry.image.reference
        return arena.object([
            "image": arena.string(entry.image.title), "registry": text(image?.registry), "repository": text(image?.repository),
            "tag": text(image?.effectiveTag), "digest": text(image?.digest), "pinned": .bool(image?.digest != nil),
            "floating": .bool(image?.isFloating ?? false),
            "pullPolicies": arena.array(entry.image.pullPolicies.map { arena.string($0) }),
            "uses": arena.array(entry.image.uses.map { value($0, arena) }),
            "vulnerabilities": entry.scan.map { value($0, entry.counts, arena) } ?? .null,
            "target": entry.target.map { arena.object(["tag": text($0.tag), "digest": text($0.digest)]) } ?? .null,
            "after": entry.after.map { value($0, arena) } ?? .null,
        ])
    }

    private func value(_ use: ImageUse, _ arena: Arena) -> Value {
        let resource = use.resource
        return arena.object([
            "text": arena.string(use.text), "apiVersion": arena.string(resource.type.apiVersion),
            "kind": arena.string(resource.type.kind), "namespace": resource.namespace.map { arena.string($0) } ?? .null,
            "name": arena.string(resource.name), "container": arena.string(use.container),
            "path": arena.string(use.path.fieldPath), "pullPolicy": use.pullPolicy.map { arena.string($0) } ?? .null,
            "builds": arena.array(use.builds.map { arena.string($0) }), "byName": .bool(use.isGuess),
            "places": arena.array(
                use.places.map { place in
                    arena.object([
                        "file": arena.string(place.file), "line": .int(place.line), "column": .int(place.column),
                        "where": arena.string(place.kind.rawValue), "part": arena.string(place.part.rawValue),
                        "key": arena.string(place.key),
                    ])
                }),
        ])
    }

    private func value(_ scan: ScannedImage, _ counts: VulnerabilityCounts?, _ arena: Arena) -> Value {
        arena.object([
            "reports": arena.string(scan.file), "format": arena.string(scan.format), "scanned": .bool(scan.isScanned),
            "packages": .int(scan.packages), "counts": counts.map { value($0, arena) } ?? .null,
            "list": arena.array(
                scan.vulnerabilities.map { found in
                    arena.object([
                        "id": arena.string(found.id), "severity": arena.string(found.severity.rawValue),
                        "exploited": .bool(found.isExploited), "package": arena.string(found.package),
                        "installed": arena.string(found.installed), "fixed": arena.string(found.fixed),
                    ])
                }),
        ])
    }

    private func value(_ counts: VulnerabilityCounts, _ arena: Arena) -> Value {
        arena.object([
            "exploited": .int(counts.exploited), "critical": .int(counts.critical), "high": .int(counts.high),
            "medium": .int(counts.medium), "low": .int(counts.low), "fixable": .int(counts.fixable),
        ])
    }

    // MARK: CycloneDX

    /// A bill of materials of the images (CycloneDX 1.5): a component for each, where it is written as properties, and the
    /// vulnerabilities that reports name.
    func cycloneDX() -> String {
        let known = images.filter { $0.image.reference != nil }
        let document = Document { arena in
            arena.object([
                "bomFormat": arena.string("CycloneDX"), "specVersion": arena.string("1.5"), "version": .int(1),
                "metadata": metadata(arena), "components": arena.array(known.map { component($0, arena) }),
                "vulnerabilities": arena.array(known.flatMap { vulnerabilities($0, arena) }),
            ])
        }
        return document.withRoot { JSONWriter.string($0, style: .pretty) } + "\n"
    }

    private func metadata(_ arena: Arena) -> Value {
        let tool = arena.object([
            "type": arena.string("application"), "name": arena.string("lintel"), "version": arena.string(version),
        ])
        var entries = [
            ObjectEntry(key: arena.string("tools"), value: arena.object(["components": arena.array([tool])]))
        ]
        if let timestamp { entries.append(ObjectEntry(key: arena.string("timestamp"), value: arena.string(timestamp))) }
        return arena.object(entries)
    }

    /// The package URL of an image (https://github.com/package-url/purl-spec, type `oci`).
    static func packageURL(_ image: ImageReference) -> String {
        let name = image.repository.split(separator: "/").last.map { $0.lowercased() } ?? ""
        let version = image.digest.map { "@" + $0.replacing(":", with: "%3A") } ?? ""
        let place = "\(image.registry)/\(image.repository)".replacing("/", with: "%2F").replacing(":", with: "%3A")
        return "pkg:oci/\(name)\(version)?repository_url=\(place)" + (image.effectiveTag.map { "&tag=" + $0 } ?? "")
    }

    private func component(_ entry: UpgradePlan.Entry, _ arena: Arena) -> Value {
        guard let image = entry.image.reference else { return .null }
        var entries: [(String, Value)] = [
            ("type", arena.string("container")), ("bom-ref", arena.string(entry.image.title)), ("name", arena.string(image.name)),
            ("version", arena.string(image.digest ?? image.effectiveTag ?? "")), ("purl", arena.string(Self.packageURL(image))),
        ]
        if let digest = image.digest, digest.hasPrefix("sha256:") {
            entries.append(
                (
                    "hashes",
                    arena.array([
                        arena.object(["alg": arena.string("SHA-256"), "content": arena.string(String(digest.dropFirst(7)))])
                    ])
                ))
        }
        let properties =
            entry.image.places.map { ("lintel:place", Self.place($0)) }
            + Set(entry.image.uses.map(Self.user)).sorted().map { ("lintel:usedBy", $0) }
        entries.append(
            (
                "properties",
                arena.array(properties.map { arena.object(["name": arena.string($0.0), "value": arena.string($0.1)]) })
            ))
        return arena.object(entries.map { ObjectEntry(key: arena.string($0.0), value: $0.1) })
    }

    private func vulnerabilities(_ entry: UpgradePlan.Entry, _ arena: Arena) -> [Value] {
        (entry.scan?.vulnerabilities ?? []).map { found in
            let severity = found.severity == .negligible ? "info" : found.severity.rawValue
            let package = [found.package, found.installed].filter { !$0.isEmpty }.joined(separator: " ")
            return arena.object([
                "id": arena.string(found.id), "ratings": arena.array([arena.object(["severity": arena.string(severity)])]),
                "detail": arena.string(package),
                "recommendation": arena.string(found.fixed.isEmpty ? "" : "update \(found.package) to \(found.fixed)"),
                "affects": arena.array([arena.object(["ref": arena.string(entry.image.title)])]),
            ])
        }
    }
}
