package import Documents

/// How the answers of a report differ from those of an earlier one.
package struct ComplianceTrend: Sendable {
    /// A clause whose answer is another one now; one of the two is nil when the other report does not have the clause.
    package struct Change: Sendable, Hashable {
        package var clause: String
        package var before: ClauseStatus?
        package var now: ClauseStatus?

        /// Above 0 for better, below 0 for worse, 0 for changes that are neither.
        var direction: Int {
            guard let before = before?.rank, let now = now?.rank else { return 0 }
            return now - before
        }
    }

    /// When the earlier report was made.
    package var since: String
    package var changes: [Change]

    /// Compares with an earlier report as `lintel compliance --format json` wrote it.
    /// - Throws: `FrameworkError` when it is none, or one of another framework.
    package init(_ report: ComplianceReport, since earlier: Value) throws(FrameworkError) {
        guard let framework = earlier.field("framework").stringValue, earlier.field("clauses").kind == .array else {
            throw FrameworkError(message: "this is no report of lintel compliance --format json")
        }
        guard framework == report.framework.id else {
            throw FrameworkError(message: "this is a report on \(framework), not on \(report.framework.id)")
        }
        var before: [String: ClauseStatus] = [:]
        for clause in earlier.field("clauses").elements {
            guard let id = clause.field("id").stringValue,
                let status = ClauseStatus(rawValue: clause.field("status").stringValue ?? "")
            else { throw FrameworkError(message: "a clause of the report has no id or an unknown status") }
            before[id] = status
        }
        since = earlier.field("time").stringValue ?? ""
        let now = Set(report.answers.map(\.clause.id))
        let gone = before.keys.filter { !now.contains($0) }.sorted()
        changes =
            report.answers.filter { before[$0.clause.id] != $0.status }.map {
                Change(clause: $0.clause.id, before: before[$0.clause.id], now: $0.status)
            } + gone.map { Change(clause: $0, before: before[$0], now: nil) }
    }

    /// The changes counted, as one line of a report.
    func sentence(in language: Language) -> String {
        language.text(
            .since, since, "\(changes.count { $0.direction > 0 })", "\(changes.count { $0.direction < 0 })",
            "\(changes.count { $0.direction == 0 })")
    }
}

extension ClauseStatus {
    /// How good an answer is, where answers can be compared.
    fileprivate var rank: Int? {
        switch self {
        case .fail: 0
        case .passWithExceptions: 1
        case .partial: 2
        case .pass: 3
        case .notApplicable, .notEvaluated, .manual: nil
        }
    }
}
