import Images
import Inputs

extension ImagesReport {
    /// One row for each use and place (RFC 4180).
    func csv() -> String {
        var rows = [
            [
                "image", "registry", "repository", "tag", "digest", "pin", "pullPolicy", "kind", "namespace", "name", "container",
                "file",
                "line", "key", "where", "part", "exploited", "critical", "high", "target",
            ]
        ]
        for entry in images {
            let image = entry.image.reference, counts = entry.counts
            for use in entry.image.uses {
                for place in use.places.isEmpty ? [nil] : use.places.map(Optional.some) {
                    rows.append([
                        entry.image.title, image?.registry ?? "", image?.repository ?? "", image?.effectiveTag ?? "",
                        image?.digest ?? "", Self.pin(image), use.pullPolicy ?? "", use.resource.type.kind,
                        use.resource.namespace ?? "", use.resource.name, use.container, place?.file ?? use.file,
                        place.map { String($0.line) } ?? "", place?.key ?? "", place?.kind.rawValue ?? "",
                        place?.part.rawValue ?? "", counts.map { String($0.exploited) } ?? "",
                        counts.map { String($0.critical) } ?? "", counts.map { String($0.high) } ?? "", Self.change(entry) ?? "",
                    ])
                }
            }
        }
        return rows.map { $0.map(CSVReporter.field).joined(separator: ",") + "\n" }.joined()
    }

    /// Two tables for a pull request or a wiki: what to do, and all images.
    func markdown() -> String {
        func cell(_ text: String) -> String { MarkdownReporter.escaped(text) }
        var output = "## Images\n\n\(cell(summary))\n"
        let urgent = plan.entries.filter {
            $0.target != nil || ($0.counts.map { $0.exploited + $0.critical + $0.high > 0 } ?? false)
        }
        if !urgent.isEmpty {
            output += "\n### Upgrade plan\n\n| image | to | vulnerabilities | then | where |\n|---|---|---|---|---|\n"
            for entry in urgent {
                let cells = [
                    cell(entry.image.title), cell(Self.change(entry) ?? ""), cell(entry.counts.map(Self.phrase) ?? "not scanned"),
                    cell(entry.after.map(Self.phrase) ?? ""),
                    entry.image.places.prefix(4).map { cell(Self.place($0)) }.joined(separator: "<br>"),
                ]
                output += "| \(cells.joined(separator: " | ")) |\n"
            }
        }
        output += "\n### All images\n\n| image | pin | vulnerabilities | used by | where |\n|---|---|---|---|---|\n"
        for entry in images {
            var seen: Set<String> = []
            let users = entry.image.uses.map(Self.user).filter { seen.insert($0).inserted }
            let more = users.count > 4 ? "<br>and \(users.count - 4) more" : ""
            let cells = [
                cell(entry.image.title), Self.pin(entry.image.reference), cell(entry.counts.map(Self.phrase) ?? ""),
                users.prefix(4).map(cell).joined(separator: "<br>") + more,
                entry.image.places.prefix(4).map { cell(Self.place($0)) }.joined(separator: "<br>"),
            ]
            output += "| \(cells.joined(separator: " | ")) |\n"
        }
        return output
    }
}
