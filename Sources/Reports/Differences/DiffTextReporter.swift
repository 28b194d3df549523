import Catalogue
import Diagnostics
import Differences
import Documents
import Findings
import Inputs
import Judging

/// For people at a terminal: what to look at first, then what changes.
struct DiffTextReporter {
    let options: DiffReportOptions

    /// More of a list is counted only.
    private static let mostFields = 40
    private static let mostLines = 20
    private static let mostNames = 6
    private static let mostFindings = 100

    private var paint: DiffPaint { DiffPaint(isOn: options.usesColour) }

    func write(_ report: DiffReport, to output: inout ReportSink) {
        output += paint("1", DisplayText.escapedAtLineStart("\(report.old.label) → \(report.new.label)"))
        output += ": \(ValueText.summary(report))\n"
        risks(report.risks, to: &output)
        if let findings = report.findings { write(findings, to: &output) }
        images(report.images, to: &output)
        if !report.objects.isEmpty {
            output += "\n" + paint("1;4", "Changes") + "\n"
            var application = ""
            for group in report.groups {
                if group[0].application != application {
                    application = group[0].application
                    if !application.isEmpty { output += paint("1", DisplayText.escaped(application)) + "\n" }
                }
                write(group, to: &output)
            }
        }
        closing(report, to: &output)
    }

    // MARK: What to look at first

    private func risks(_ risks: [Risk], to output: inout ReportSink) {
        if risks.isEmpty { return }
        output += "\n" + paint("1;4", "Risks") + "\n"
        for risk in risks {
            output += "  " + paint(DiffPaint.code(risk.weight), risk.weight.rawValue.padded(to: 7))
            output += DisplayText.escaped("\(risk.object.title): \(risk.message)")
            let place = risk.place.map { "  \(ValueText.place($0))" } ?? ""
            output += paint("2", DisplayText.escaped(place)) + "\n"
            if !risk.alsoIn.isEmpty { output += "         also in \(names(risk.alsoIn))\n" }
        }
    }

    private func write(_ findings: FindingChanges, to output: inout ReportSink) {
        if findings.new.isEmpty, findings.gone.isEmpty { return }
        output += "\n" + paint("1;4", "Findings") + ": \(findings.new.count) new, \(findings.gone.count) gone, "
        output += "\(findings.unchanged) unchanged\n"
        for (list, sign, code) in [(findings.new, "+", "31"), (findings.gone, "-", "32")] {
            for finding in MarkdownReporter.bySeverity(list).prefix(Self.mostFindings) {
                let text = "\(finding.resource.title): \(finding.message) [\(finding.policyID)]"
                output += "  " + paint(code, "\(sign) \(finding.severity.rawValue)".padded(to: 10))
                output += DisplayText.escaped(text.replacing("\n", with: " "))
                output += paint("2", DisplayText.escaped("  \(ValueText.place(finding.location))")) + "\n"
            }
            if list.count > Self.mostFindings { output += "  \(sign) and \(list.count - Self.mostFindings) more\n" }
        }
    }

    private func images(_ images: [ImageChange], to output: inout ReportSink) {
        if images.isEmpty { return }
        output += "\n" + paint("1;4", "Images") + "\n"
        let short = ValueText.withShortDigest
        for image in images {
            let text =
                switch (image.old, image.new) {
                case (let old?, let new?): "\(short(old)) → \(short(new))"
                case (nil, let new?): "+ \(short(new))"
                case (let old, nil): "- \(short(old ?? ""))"
                }
            output += "  " + DisplayText.escapedAtLineStart(text)
            if !image.remark.isEmpty { output += "  " + paint("33", image.remark) }
            output +=
                paint("2", DisplayText.escaped("  \(names(image.uses.map { "\($0.object.title) (\($0.container))" }))")) + "\n"
        }
    }

    private func names(_ names: [String]) -> String {
        var known: Set<String> = []
        let unique = names.filter { known.insert($0).inserted }
        let shown = unique.prefix(Self.mostNames).joined(separator: ", ")
        return unique.count > Self.mostNames ? "\(shown) and \(unique.count - Self.mostNames) more" : shown
    }

    // MARK: Changes

    /// Objects that change in the same way, told by the first of them.
    func write(_ group: [ObjectChange], to output: inout ReportSink) {
        let first = group[0]
        output +=
            "  " + paint(DiffPaint.code(first.kind), "\(DiffPaint.sign(first.kind)) \(DisplayText.escaped(first.object.title))")
        if first.kind != .changed { output += DisplayText.escaped(" (\(first.object.type.apiVersion))") }
        output += paint("2", DisplayText.escaped("  \(ValueText.places(first.oldPlace, first.newPlace))")) + "\n"
        let (before, now) = (ValueText.origin(first.oldOrigin), ValueText.origin(first.newOrigin))
        if !now.isEmpty || !before.isEmpty {
            let text =
                first.kind == .changed && before != now && !before.isEmpty
                ? "\(now); before: \(before)" : now.isEmpty ? before : now
            output += paint("2", "      \(DisplayText.escaped(text))") + "\n"
        }
        for field in first.fields.list.prefix(Self.mostFields) { write(field, of: first, to: &output) }
        let more = first.fields.list.count + first.fields.omitted - Self.mostFields
        if more > 0 { output += "      … and \(ValueText.count(more, "more field")); --format json has them\n" }
        if group.count > 1 {
            let others = group.dropFirst().map {
                $0.application.isEmpty ? $0.object.title : "\($0.object.title) (\($0.application))"
            }
            output += "      " + paint("1", "the same in \(ValueText.count(others.count, "other"))")
            output += DisplayText.escaped(": \(names(others))") + "\n"
        }
    }

    private func write(_ field: FieldChange, of object: ObjectChange, to output: inout ReportSink) {
        output += "      " + DisplayText.escapedAtLineStart(field.path)
        let place = ValueText.places(field.oldPlace, field.newPlace)
        let shownPlace = place.isEmpty ? "" : paint("2", DisplayText.escaped("  \(place)"))
        if field.lines.isEmpty, field.hiddenLines == 0 {
            output += ": " + paint(DiffPaint.code(field.kind), DisplayText.escaped(ValueText.change(field))) + shownPlace + "\n"
            return
        }
        output += ":" + shownPlace + "\n"
        for line in field.lines.prefix(Self.mostLines) {
            let text =
                "        \(line.isAdded ? "+" : "-") \(DisplayText.escaped(ValueText.shortened(line.text, 200), keepingTabs: true))"
            output += paint(line.isAdded ? "32" : "31", text) + "\n"
        }
        if field.lines.count > Self.mostLines { output += "        … and \(field.lines.count - Self.mostLines) more lines\n" }
        if field.hiddenLines > 0 { output += "        and \(ValueText.count(field.hiddenLines, "line")) with hidden values\n" }
    }

    // MARK: End

    private func closing(_ report: DiffReport, to output: inout ReportSink) {
        var lines: [String] = []
        if !report.notCompared.isEmpty {
            lines.append("\(ValueText.count(report.notCompared.count, "build")) not compared:")
            lines += report.notCompared.map { "  \($0.title): \($0.reason)" }
        }
        lines += [report.old, report.new].compactMap(ValueText.skips)
        if lines.isEmpty { return }
        output += "\n"
        for line in lines { output += paint("2", DisplayText.escapedAtLineStart(line)) + "\n" }
    }
}

/// The colours of differences.
struct DiffPaint {
    let isOn: Bool

    func callAsFunction(_ code: String, _ text: String) -> String {
        isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    static func code(_ weight: Risk.Weight) -> String {
        switch weight {
        case .high: "1;31"
        case .medium: "1;33"
        case .low: "1;36"
        }
    }

    static func code(_ kind: ObjectChange.Kind) -> String {
        switch kind {
        case .added: "1;32"
        case .removed: "1;31"
        case .changed: "1;33"
        }
    }

    static func sign(_ kind: ObjectChange.Kind) -> String {
        switch kind {
        case .added: "+"
        case .removed: "-"
        case .changed: "~"
        }
    }

    static func code(_ kind: FieldChange.Kind) -> String {
        switch kind {
        case .added: "32"
        case .removed: "31"
        case .changed: "33"
        case .reordered: "36"
        }
    }
}

extension String {
    /// Followed by blanks up to a width.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
