import Documents
import Testing

@testable import Compliance

private func report(_ statuses: [ClauseStatus]) -> ComplianceReport {
    let answers = statuses.enumerated().map { index, status in
        ComplianceReport.Answer(
            clause: .init(id: "1.\(index + 1)", title: "Clause <\(index + 1)>", level: "L1", remediation: "Repair it."),
            status: status, confidence: .exact,
            evidence: status == .notEvaluated
                ? []
                : [
                    Evidence(
                        verdict: status.rawValue, message: "flag is \"on\", & <open>", source: "test",
                        resource: "Pod a/b", file: "x.yaml", line: 3, column: 5, field: "spec")
                ])
    }
    return ComplianceReport(
        framework: Framework(id: "x", title: "X 1.0", version: "1.0", sections: ["1": "One"], clauses: answers.map(\.clause)),
        answers: answers,
        provenance: .init(
            toolVersion: "1.2.3", libraryDigest: "sha256:aa", inputDigest: "sha256:bb", time: "2026-01-02T03:04:05Z",
            inputs: ["x.yaml"]))
}

@Suite struct ReportTests {
    @Test func scoreLeavesOutWhatWasNotEvaluated() {
        let mixed = report([.pass, .pass, .fail, .notEvaluated, .manual, .notApplicable, .passWithExceptions])
        #expect(mixed.score == 2.0 / 3.0)
        #expect(mixed.coverage == 4.0 / 7.0)
        #expect(report([.notEvaluated]).score == nil)
    }

    @Test(arguments: [(0.0, "0.0 %"), (1.0, "100.0 %"), (2.0 / 3.0, "66.7 %"), (0.005, "0.5 %")])
    func percentages(_ share: Double, _ text: String) { #expect(percentage(share) == text) }

    @Test func text() {
        #expect(
            report([.pass, .fail]).text() == """
                X 1.0

                1 One
                  1.1  pass            Clause <1>
                  1.2  fail            Clause <2>
                       x.yaml:3:5: flag is "on", & <open>
                       fix: Repair it.

                2 clauses: 1 pass, 1 fail
                Score 50.0 % (passed of passed and failed), coverage 100.0 %
                Configuration can answer 2 of 2 clauses (100.0 %), 0 of them in part.
                Policy library: sha256:aa
                Input: sha256:bb
                Made by lintel 1.2.3 at 2026-01-02T03:04:05Z

                """)
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=SUM(A1)", "'=SUM(A1)"), ("-1", "'-1"),
        ("a\r\nb", "\"a\r\nb\""), ("", ""),
    ])
    func csvCells(_ text: String, _ cell: String) { #expect(ComplianceReport.cell(text) == cell) }

    @Test func csvHasALinePerEvidenceAndClause() {
        let lines = report([.pass, .notEvaluated]).csv().split(separator: "\r\n")
        #expect(lines.count == 3)
        #expect(
            lines[1].hasPrefix(
                "x,1.1,Clause <1>,L1,pass,exact,pass,\"flag is \"\"on\"\", & <open>\",test,Pod a/b,x.yaml,3,5,spec"))
        #expect(lines[2].hasPrefix("x,1.2,Clause <2>,L1,not-evaluated,exact,,"))
    }

    @Test func htmlEscapesAndAsksForNothing() {
        let page = report([.pass, .fail]).html()
        #expect(page.contains("Clause &lt;1&gt;"))
        #expect(page.contains("flag is &quot;on&quot;, &amp; &lt;open&gt;"))
        for request in ["http:", "https:", " src=", "@import", "url("] { #expect(!page.contains(request), "\(request)") }
        for fact in ["sha256:aa", "sha256:bb", "1.2.3", "2026-01-02T03:04:05Z"] { #expect(page.contains(fact)) }
    }

    @Test func documentHasTheParts() {
        let document = report([.pass, .fail]).document()
        defer { withExtendedLifetime(document) {} }
        #expect(document.root.field("framework").stringValue == "x")
        #expect(document.root.field("clauses").count == 2)
        let clause = document.root.field("clauses").elements[1]
        #expect(clause.field("status").stringValue == "fail")
        #expect(clause.field("evidence").elements[0].field("line").intValue == 3)
        #expect(document.root.field("summary").field("pass").intValue == 1)
    }
}
