import Documents
import Testing

@testable import Compliance

@Suite struct ComparisonTests {
    private func report(_ statuses: [ClauseStatus]) -> ComplianceReport {
        let clauses = statuses.indices.map { Framework.Clause(id: "1.\($0 + 1)", title: "Clause \($0 + 1)") }
        return ComplianceReport(
            framework: Framework(id: "x", title: "X", version: "1", clauses: clauses),
            answers: zip(clauses, statuses).map { .init(clause: $0, status: $1, confidence: .exact, evidence: []) },
            provenance: .init(
                toolVersion: "1", libraryDigest: "", inputDigest: "", time: "2026-01-02T03:04:05Z", inputs: []))
    }

    @Test func table() {
        let both = ComplianceComparison([
            .init(name: "prod", report: report([.pass, .fail])), .init(name: "stage", report: report([.pass, .manual])),
        ])
        #expect(
            both.text() == """
                X

                Clause  prod  stage   Title
                1.1     pass  pass    Clause 1
                1.2     fail  manual  Clause 2

                prod: Score 50.0 % (passed of passed and failed), coverage 100.0 %
                stage: Score 100.0 % (passed of passed and failed), coverage 50.0 %
                Configuration can answer 2 of 2 clauses (100.0 %), 0 of them in part.
                Made by lintel 1 at 2026-01-02T03:04:05Z

                """)
        #expect(both.csv() == "framework,clause,title,prod,stage\r\nx,1.1,Clause 1,pass,pass\r\nx,1.2,Clause 2,fail,manual\r\n")
        #expect(both.html().contains("<th scope=\"col\">stage</th>"))
        #expect(both.json().contains("\"statuses\""))
    }

    @Test func trend() throws {
        let before = report([.fail, .pass, .manual, .pass]).document()
        let now = report([.pass, .fail, .pass, .pass])
        let trend = try before.withRoot { try ComplianceTrend(now, since: $0) }
        #expect(trend.changes.map(\.clause) == ["1.1", "1.2", "1.3"])
        #expect(trend.sentence(in: .english) == "Since 2026-01-02T03:04:05Z: 1 better, 1 worse, 1 otherwise changed")
        var told = now
        told.trend = trend
        #expect(told.text().contains("  1.1  pass            Clause 1 (was fail)\n"))
        let other = Document { $0.object(["framework": $0.string("y"), "clauses": $0.array([])]) }
        #expect(throws: FrameworkError.self) { try other.withRoot { try ComplianceTrend(now, since: $0) } }
    }
}
