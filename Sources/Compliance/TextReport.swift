extension ComplianceReport {
    /// The report for a terminal: a line per clause, evidence below those that need attention, the totals last.
    package func text(color: Bool = false) -> String {
        var output = "\(framework.title)\n"
        for section in sections {
            output += "\n\(framework.heading(section.name))\n"
            let width = section.answers.map(\.clause.id.count).max() ?? 0
            for answer in section.answers { output += lines(answer, width: width, color: color) }
        }
        return output + "\n" + summaryText
    }

    private static let shownEvidence = 5

    private func lines(_ answer: Answer, width: Int, color: Bool) -> String {
        let id = answer.clause.id + String(repeating: " ", count: width - answer.clause.id.count)
        let name = language.text(answer.status)
        let label = name + String(repeating: " ", count: max(0, 14 - name.displayWidth))
        let shown = color ? "\u{1B}[\(answer.status.color)m\(label)\u{1B}[0m" : label
        var output = "  \(id)  \(shown)  \(answer.clause.title)"
        if answer.status == .pass, answer.confidence == .partial { output += " (\(language.text(.partialEvidence)))" }
        if let before = trend?.changes.first(where: { $0.clause == answer.clause.id })?.before {
            output += " (\(language.text(.was, language.text(before))))"
        }
        output += "\n"
        guard answer.status != .notApplicable else { return output }
        // What passes needs no reading but for how far it holds.
        let evidence = answer.status == .pass ? answer.evidence.filter { $0.verdict == "coverage" } : answer.evidence
        let indent = String(repeating: " ", count: width + 4)
        for item in evidence.prefix(Self.shownEvidence) {
            let source = item.source.hasPrefix("LT-") ? " [\(item.source)]" : ""
            output += "\(indent)\(item.place.map { "\($0): " } ?? "")\(item.message)\(source)\n"
            if let exception = item.exception { output += "\(indent)  \(language.text(.accepted, exception.reason))\n" }
        }
        let rest = evidence.count - Self.shownEvidence
        if rest > 0 { output += "\(indent)\(language.text(.more, "\(rest)"))\n" }
        if answer.status == .fail, let remediation = answer.clause.remediation {
            output += "\(indent)\(language.text(.remedy, remediation))\n"
        }
        return output
    }

    private var summaryText: String {
        let counts = ClauseStatus.allCases.map { (status: $0, count: count($0)) }.filter { $0.count > 0 }
        var lines = [
            language.text(.clauses, "\(answers.count)") + ": "
                + counts.map { "\($0.count) \(language.text($0.status))" }.joined(separator: ", "),
            language.text(.scoreLine, score.map(percentage) ?? language.text(.noScore), percentage(coverage)), answerableText,
        ]
        if let trend { lines.append(trend.sentence(in: language)) }
        lines += enforcement.map { "\(language.text(.enforced)): \($0.sentence)" }
        if framework.isSupporting { lines.append(language.text(.supportingOnly)) }
        lines += [
            "\(language.text(.library)): \(provenance.libraryDigest)", "\(language.text(.input)): \(provenance.inputDigest)",
            language.text(.madeBy, provenance.toolVersion, provenance.time), "",
        ]
        return lines.joined(separator: "\n")
    }
}

extension ClauseStatus {
    /// ANSI colour number.
    var color: Int {
        switch self {
        case .pass: 32
        case .fail: 31
        case .passWithExceptions, .partial: 33
        case .notApplicable: 90
        case .notEvaluated: 35
        case .manual: 36
        }
    }
}
