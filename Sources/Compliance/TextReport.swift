extension ComplianceReport {
    /// The report for a terminal: a line per clause, evidence below those that need attention, the totals last.
    package func text(color: Bool = false) -> String {
        var output = "\(framework.title)\n"
        for section in sections {
            output += "\n\(framework.heading(section.name))\n"
            let width = section.answers.map(\.clause.id.count).max() ?? 0
            for answer in section.answers { output += Self.lines(answer, width: width, color: color) }
        }
        return output + "\n" + summaryText
    }

    private static let shownEvidence = 5

    private static func lines(_ answer: Answer, width: Int, color: Bool) -> String {
        let id = answer.clause.id + String(repeating: " ", count: width - answer.clause.id.count)
        let label = answer.status.rawValue + String(repeating: " ", count: max(0, 14 - answer.status.rawValue.count))
        let shown = color ? "\u{1B}[\(answer.status.color)m\(label)\u{1B}[0m" : label
        var output = "  \(id)  \(shown)  \(answer.clause.title)"
        if answer.status == .pass, answer.confidence == .partial { output += " (partial evidence)" }
        output += "\n"
        guard answer.status != .pass, answer.status != .notApplicable else { return output }
        let indent = String(repeating: " ", count: width + 4)
        for item in answer.evidence.prefix(shownEvidence) {
            output += "\(indent)\(item.place.map { "\($0): " } ?? "")\(item.message)\n"
            if let exception = item.exception { output += "\(indent)  accepted: \(exception.reason)\n" }
        }
        let rest = answer.evidence.count - shownEvidence
        if rest > 0 { output += "\(indent)and \(rest) more\n" }
        if answer.status == .fail, let remediation = answer.clause.remediation { output += "\(indent)fix: \(remediation)\n" }
        return output
    }

    private var summaryText: String {
        let counts = ClauseStatus.allCases.map { (status: $0, count: count($0)) }.filter { $0.count > 0 }
        let score = score.map(percentage) ?? "none: no clause passed or failed"
        let claim =
            framework.isSupporting ? "Supporting evidence only: the framework asks for more than a cluster can show.\n" : ""
        return """
            \(answers.count) clauses: \(counts.map { "\($0.count) \($0.status.rawValue)" }.joined(separator: ", "))
            Score \(score) (passed of passed and failed), coverage \(percentage(coverage))
            \(claim)Library \(provenance.libraryDigest)
            Input   \(provenance.inputDigest)
            Made by lintel \(provenance.toolVersion) at \(provenance.time)

            """
    }
}

extension ClauseStatus {
    /// ANSI colour number.
    var color: Int {
        switch self {
        case .pass: 32
        case .fail: 31
        case .passWithExceptions: 33
        case .notApplicable: 90
        case .notEvaluated: 35
        case .manual: 36
        }
    }
}
