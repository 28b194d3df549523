import Catalogue
import Diagnostics
import Documents
package import Findings
import Inputs
import Judging
import Synchronization

/// For people: findings grouped by file with the source line and a caret, then a summary.
struct TextReporter: Reporter {
    let options: ReportOptions

    /// Fewer findings are written before a thread has begun.
    private static let smallestPart = 512
    /// What a thread writes before it is handed on.
    private static let largestPart = 4096

    func write(_ report: Report, to output: inout ReportSink) {
        var start = 0
        while start < report.findings.count {
            let parts = parts(of: report.findings, from: start)
            for text in texts(of: parts, among: report.findings) { output += text }
            start = parts[parts.count - 1].upperBound
        }
        if options.isQuiet { return }
        if !report.findings.isEmpty { output += "\n" }
        var summary = ""
        Summary(report: report, listsNotEvaluated: options.listsNotEvaluated).write(to: &summary)
        output += summary
    }

    /// The next findings in as many parts as threads may work on.
    private func parts(of findings: [Finding], from start: Int) -> [Range<Int>] {
        let rest = findings.count - start
        let count = max(1, min(options.jobs, rest / Self.smallestPart))
        let total = min(rest, count * Self.largestPart)
        return (0..<count).map { start + total * $0 / count..<start + total * ($0 + 1) / count }
    }

    private func texts(of parts: [Range<Int>], among findings: [Finding]) -> [String] {
        let texts = Mutex<[Int: String]>([:])
        let next = Atomic<Int>(0)
        WorkerPool.run(jobs: parts.count) {
            let part = next.add(1, ordering: .relaxed).oldValue
            let text = text(of: parts[part], among: findings)
            texts.withLock { $0[part] = text }
        }
        return texts.withLock { $0 }.sorted { $0.key < $1.key }.map(\.value)
    }

    private func text(of part: Range<Int>, among findings: [Finding]) -> String {
        var text = TextBuffer(capacity: part.count * 400)
        // A part goes on where the one before it ended.
        var previous = part.lowerBound > 0 ? findings[part.lowerBound - 1] : nil
        var file = previous?.location.file, container = previous?.container
        for finding in findings[part] {
            if finding.location.file != file {
                if file != nil { text += "\n" }
                file = finding.location.file
                paint("1;4", to: &text) { $0 += DisplayText.escapedAtLineStart(finding.location.file) }
                text += "\n"
                previous = nil
            }
            let own = finding.container
            if previous?.resource !== finding.resource || own != container {
                paint("1", to: &text) {
                    $0.appendEscaped(finding.resource.writeTitle)
                    if let own { $0 += ", container \"\(DisplayText.escaped(own))\"" }
                }
                text += "\n"
                if previous?.resource !== finding.resource { previous = nil }
                container = own
            }
            write(finding, after: previous, to: &text)
            previous = finding
        }
        return text.string
    }

    private func write(_ finding: Finding, after previous: Finding?, to output: inout TextBuffer) {
        let location = finding.location
        paint("1", to: &output) {
            $0 += DisplayText.escapedAtLineStart(location.file)
            $0 += ":"
            $0.append(location.start.line)
            $0 += ":"
            $0.append(location.start.column)
            $0 += ":"
        }
        output += " "
        paint(colour(finding.severity), to: &output) {
            $0 += "["
            $0 += finding.severity.letter
            $0 += "] "
            $0 += finding.severity.rawValue
            $0 += ":"
        }
        output += " "
        output += DisplayText.escapedLines(finding.message)
        output += " "
        paint("2", to: &output) {
            $0 += "["
            $0 += DisplayText.escaped(finding.policyID)
            if !finding.policySlug.isEmpty { $0 += " " }
            $0 += DisplayText.escaped(finding.policySlug)
            $0 += "]"
        }
        output += "\n"
        let isShown = previous?.location.start.line == location.start.line && previous?.location.end == location.end
        if let range = location.range, !isShown {
            let renderer = DiagnosticRenderer(style: options.usesColour ? .ansi : .plain)
            renderer.writeExcerpt(range, severity: Severity(finding.level), to: &output)
        }
        writeDetails(finding, after: previous, to: &output)
    }

    private func writeDetails(_ finding: Finding, after previous: Finding?, to output: inout TextBuffer) {
        if !finding.path.steps.isEmpty {
            output += "  "
            paint("2", to: &output) { $0 += "at" }
            output += " "
            output.appendEscaped(finding.path.writeFieldPath)
            output += "\n"
        }
        // What is one object came to be in one way, which is told once.
        if finding.origin != previous?.origin ?? [] { for note in finding.origin { writeOrigin(note, to: &output) } }
        writeOthers(finding.alsoIn, to: &output)
        if let expired = finding.expired {
            output += "  its exception has expired: "
            output += DisplayText.escaped(expired.text)
            output += "\n"
        }
        if finding.remediation.isEmpty { return }
        output += "  "
        paint("1;32", to: &output) { $0 += "fix" }
        output += ": "
        output += DisplayText.escaped(finding.remediation)
        output += "\n"
    }

    /// A step by which the object came to be: `  as built from overlays/prod (overlays/prod/kustomization.yaml:3:1)`.
    private func writeOrigin(_ note: Diagnostic.Note, to output: inout TextBuffer) {
        output += "  "
        output += DisplayText.escapedLines(note.message)
        if let range = note.range {
            output += " ("
            output += DisplayText.escaped(range.file.path)
            output += ":\(range.position))"
        }
        output += "\n"
    }

    /// The other builds with the same finding: `  and in 3 more: overlays/a, overlays/b …`.
    private func writeOthers(_ others: [[Diagnostic.Note]], to output: inout TextBuffer) {
        if others.isEmpty { return }
        let names = others.map { steps in
            let text = steps.map(\.message).joined(separator: ", ")
            let start = ["as built from ", "as rendered from "].first { text.hasPrefix($0) }
            return String(text.dropFirst(start?.count ?? 0))
        }
        output += "  and in \(others.count) more: "
        output += DisplayText.escaped(names.prefix(3).joined(separator: "; "))
        output += others.count > 3 ? "; …\n" : "\n"
    }

    private func colour(_ severity: PolicySeverity) -> String {
        switch severity {
        case .critical: "1;35"
        case .high: "1;31"
        case .medium: "1;33"
        case .low: "1;36"
        case .info: "36"
        }
    }

    private func paint(_ code: String, to output: inout TextBuffer, _ write: (inout TextBuffer) -> Void) {
        if !options.usesColour { return write(&output) }
        output += "\u{1B}[" + code + "m"
        write(&output)
        output += "\u{1B}[0m"
    }
}

extension Severity {
    init(_ level: FindingLevel) {
        self =
            switch level {
            case .error: .error
            case .warning: .warning
            case .note: .note
            }
    }
}

extension Report {
    /// What was not judged and why, counted and partly named, in lines of a summary; empty when there is nothing.
    package var skipText: String {
        var text = ""
        Summary(report: self).writeSkips(to: &text)
        return text
    }
}

/// The closing lines of the text report.
struct Summary {
    let report: Report
    var listsNotEvaluated = false

    func write(to output: inout String) {
        output += "\(violations)\(others). Checked \(count(report.resources, "resource")) in \(count(report.files, "file"))"
        output += " against \(count(report.evaluatedPolicies, "policy", "policies")) in \(Self.seconds(report.duration)).\n"
        let errors = report.diagnostics.count { $0.severity == .error }
        if errors > 0 { output += "The check is not complete: \(count(errors, "error")).\n" }
        writeOmitted(to: &output)
        writeBuilds(to: &output)
        if let coverage = report.templateCoverage { TemplateCoverageText(coverage).write(to: &output) }
        if report.exceptions > 0 { output += "\(count(report.exceptions, "exception")) of your policies applied.\n" }
        writeSkips(to: &output)
        writeUnknownKinds(to: &output)
        writeSettings(to: &output)
        let unnamed = report.notEvaluated.count { !$0.isNamed }
        if unnamed > 0, !listsNotEvaluated {
            output += "Not evaluated: \(count(unnamed, "policy", "policies")), whose objects are not in the input"
            output += " (--list-not-evaluated names them).\n"
        }
        for entry in report.notEvaluated where entry.isNamed || listsNotEvaluated {
            let name = entry.policySlug.isEmpty ? entry.policyID : "\(entry.policyID) \(entry.policySlug)"
            output += "Not evaluated: \(name): \(entry.reason).\n"
        }
    }

    private var violations: String {
        if report.findings.isEmpty { return report.evaluatedPolicies == 0 ? "Nothing was evaluated" : "No violations" }
        let parts = PolicySeverity.allCases.compactMap { severity in
            let number = report.count(of: severity)
            return number == 0 ? nil : "\(number) \(severity.rawValue)"
        }
        return "\(count(report.findings.count, "violation")) (\(parts.joined(separator: ", ")))"
    }

    /// What does not count, in words that follow the violations.
    private var others: String {
        var text = report.suppressed.isEmpty ? "" : ", \(report.suppressed.count) suppressed"
        if let comparison = report.comparison {
            text += ", \(comparison.unchanged.count) unchanged and \(comparison.gone.count) fixed since "
            text += DisplayText.escaped(comparison.name)
        }
        return text
    }

    /// How many names are shown before the rest is counted.
    private static let shownNames = 10

    /// Violations that are counted only.
    private func writeOmitted(to output: inout String) {
        if report.omitted.isEmpty { return }
        output += "Not listed: \(count(report.omittedCount, "more violation")) (--max-findings 0 lists all).\n"
        for entry in report.omitted.prefix(Self.shownNames) {
            let name = entry.rule.slug.isEmpty ? entry.rule.id : "\(entry.rule.id) \(entry.rule.slug)"
            output += "  \(entry.count) \(entry.rule.severity.rawValue) of \(DisplayText.escaped(name))"
            output += " in \(count(entry.objects, "object"))\n"
        }
        let rest = report.omitted.dropFirst(Self.shownNames)
        if !rest.isEmpty {
            output += "  and \(rest.reduce(0) { $0 + $1.count }) of \(count(rest.count, "other policy", "other policies"))\n"
        }
    }

    /// What was built from what, and by name what was not.
    private func writeBuilds(to output: inout String) {
        let built = report.builds.filter(\.isBuilt)
        var parts: [String] = []
        let kustomizations = built.count { $0.kind == .kustomization }
        let charts = Set(built.lazy.filter { $0.kind == .chart }.map(\.path)).count
        let renderings = built.count { $0.kind == .chart }
        let folders = built.count { $0.kind == .manifests }
        if kustomizations > 0 { parts.append(count(kustomizations, "kustomization")) }
        if charts > 0 {
            parts.append(count(charts, "chart") + (renderings > charts ? " (\(count(renderings, "rendering")))" : ""))
        }
        if folders > 0 { parts.append(count(folders, "folder") + " of manifests") }
        if !parts.isEmpty {
            let list = parts.count > 1 ? parts.dropLast().joined(separator: ", ") + " and " + parts[parts.count - 1] : parts[0]
            output += "Built \(list) with \(count(built.reduce(0) { $0 + $1.objects }, "object"))"
            let applied = built.count { !$0.appliedBy.isEmpty }
            output += applied > 0 ? ", \(applied) of them as Argo CD and Flux objects say.\n" : ".\n"
        }
        let missing = report.builds.filter { !$0.isBuilt }
        for record in missing.prefix(Self.shownNames) {
            let path = record.path.isEmpty ? record.appliedBy : record.path
            let values = record.values.isEmpty ? "" : " with \(record.values)"
            let by = record.appliedBy.isEmpty || record.path.isEmpty ? "" : ", which \(record.appliedBy) applies"
            let reason = record.reason.split(separator: "\n").first.map(String.init) ?? ""
            output += "Not built: \(DisplayText.escaped(path + values + by)): \(DisplayText.escaped(reason)).\n"
        }
        if missing.count > Self.shownNames {
            output += "  and \(missing.count - Self.shownNames) more, which --format json lists\n"
        }
    }

    func writeSkips(to output: inout String) {
        for (isOfFile, noun) in [(false, "document"), (true, "file")] {
            let counts = report.skipCounts.filter { $0.reason.isOfFile == isOfFile }
            if counts.isEmpty { continue }
            let list = counts.map { "\($0.count) \($0.reason.rawValue)" }.joined(separator: ", ")
            output += "Skipped \(count(counts.reduce(0) { $0 + $1.count }, noun)): \(list).\n"
        }
        let named = report.skipsToName
        for skip in named.prefix(Self.shownNames) {
            let place = skip.reason.isOfFile || skip.line == 1 ? "" : ":\(skip.line)"
            output += "  \(DisplayText.escapedAtLineStart(skip.path))\(place): \(skip.reason.rawValue)\n"
        }
        if named.count > Self.shownNames { output += "  and \(named.count - Self.shownNames) more, which --format json lists\n" }
    }

    private func writeUnknownKinds(to output: inout String) {
        let kinds = report.unknownKinds
        if kinds.isEmpty { return }
        let list = kinds.prefix(Self.shownNames).map { entry in
            "\(DisplayText.escaped("\(entry.kind) (\(entry.apiVersion))")), \(count(entry.objects, "object"))"
        }
        let more = kinds.count > Self.shownNames ? "; and \(kinds.count - Self.shownNames) more, which --format json lists" : ""
        output += "Unknown \(kinds.count == 1 ? "kind" : "kinds"): \(list.joined(separator: "; "))\(more).\n"
    }

    private func writeSettings(to output: inout String) {
        guard let settings = report.settings else { return }
        if !settings.path.isEmpty {
            output +=
                "Configuration: \(DisplayText.escaped(settings.path))\(settings.changes.isEmpty ? ", which changes nothing" : "").\n"
        }
        for change in settings.changes { output += "  \(DisplayText.escapedAtLineStart(change.text))\n" }
        if !settings.floor.isEmpty { output += "Settings that cannot be weakened: \(DisplayText.escaped(settings.floor)).\n" }
    }

    private func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }

    /// Two digits after the point.
    static func seconds(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
    }
}
