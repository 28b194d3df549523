import Findings
import Testing

@testable import Compliance

private let clause = Framework.Clause(id: "X-1", title: "Something holds")
private let framework = Framework(id: "x", title: "X", version: "1", clauses: [clause])

private func policy(
    _ name: String = "a", _ run: PolicyOutcome.Run = .ran, confidence: Confidence = .exact, violations: [Evidence] = []
) -> PolicyOutcome {
    PolicyOutcome(policy: name, compliance: ["x": ["X-1"]], confidence: confidence, run: run, violations: violations)
}

private let violation = Evidence(verdict: "fail", message: "broken", source: "a")
private let accepted = Evidence(
    verdict: "fail", message: "broken", source: "a", exception: Exception(reason: "legacy", owner: "ops", expires: "2027-01-01"))

@Suite struct EvidenceJoinTests {
    struct Case: Sendable {
        var name: String
        var outcomes: [PolicyOutcome]
        var status: ClauseStatus
        var confidence: Confidence = .exact
    }

    @Test(arguments: [
        Case(name: "a violation fails", outcomes: [policy(violations: [violation])], status: .fail),
        Case(name: "one failing policy is enough", outcomes: [policy(), policy("b", violations: [violation])], status: .fail),
        Case(name: "no violation passes", outcomes: [policy(), policy("b")], status: .pass),
        Case(
            name: "a heuristic pass is partial", outcomes: [policy(), policy("b", confidence: .partial)], status: .pass,
            confidence: .partial),
        Case(name: "accepted violations only", outcomes: [policy(violations: [accepted])], status: .passWithExceptions),
        Case(
            name: "one open violation among accepted ones", outcomes: [policy(violations: [accepted, violation])], status: .fail),
        Case(name: "nothing to judge", outcomes: [policy("a", .hadNothingToJudge)], status: .notApplicable),
        Case(name: "one had something", outcomes: [policy("a", .hadNothingToJudge), policy("b")], status: .pass),
        Case(
            name: "could not judge", outcomes: [policy("a", .couldNotJudge("no NetworkPolicy"))], status: .notEvaluated,
            confidence: .partial),
        Case(
            name: "failed after a violation", outcomes: [policy("a", .couldNotJudge("failed"), violations: [violation])],
            status: .fail),
        Case(
            name: "one could not judge", outcomes: [policy("a", .couldNotJudge("no NetworkPolicy")), policy("b")], status: .pass,
            confidence: .partial),
        Case(name: "no policy names the clause", outcomes: [], status: .notEvaluated),
    ])
    func joins(_ example: Case) {
        let answer = EvidenceJoin(outcomes: example.outcomes).answers(for: framework)[0]
        #expect(answer.status == example.status, "\(example.name)")
        #expect(answer.confidence == example.confidence, "\(example.name)")
    }

    struct ShareCase: Sendable {
        var compliant: Int
        var minimum: Int
        var violations = [violation]
        var status: ClauseStatus
        var text: String
    }

    @Test(arguments: [
        ShareCase(
            compliant: 41, minimum: 719, status: .pass, text: "41 of 57 containers comply, 71.9 %; at least 71.9 % asked for"),
        ShareCase(
            compliant: 41, minimum: 720, status: .fail, text: "41 of 57 containers comply, 71.9 %; at least 72 % asked for"),
        ShareCase(compliant: 1, minimum: 0, status: .pass, text: "1 of 57 containers complies, 1.7 %; at least 0 % asked for"),
        ShareCase(
            compliant: 56, minimum: 1000, violations: [accepted], status: .passWithExceptions,
            text: "56 of 57 containers comply, 98.2 %; at least 100 % asked for"),
        ShareCase(
            compliant: 57, minimum: 1000, violations: [], status: .pass,
            text: "57 of 57 containers comply, 100.0 %; at least 100 % asked for"),
        // A full share does not hide a violation that belongs to nothing that was counted.
        ShareCase(
            compliant: 57, minimum: 1000, status: .fail, text: "57 of 57 containers comply, 100.0 %; at least 100 % asked for"),
    ])
    func aShareDecidesWhereAClauseNamesIt(_ example: ShareCase) {
        var asking = framework
        asking.clauses[0].coverage = [CoverageDemand(policy: "a", minimum: example.minimum)]
        var outcome = policy(violations: example.violations)
        outcome.containers = .init(total: 57, compliant: example.compliant)
        let answer = EvidenceJoin(outcomes: [outcome]).answers(for: asking)[0]
        #expect(answer.status == example.status)
        #expect(answer.evidence.first?.message == example.text)
        #expect(answer.evidence.contains { $0.verdict == "fail" } == (example.status != .pass))
    }

    /// What judged nothing has no share.
    @Test func nothingCountedIsNoShare() {
        var asking = framework
        asking.clauses[0].coverage = [CoverageDemand(policy: "a", minimum: 0)]
        let answers = [policy("a", .hadNothingToJudge), policy("a", .couldNotJudge("gone")), policy(violations: [violation])].map
        {
            EvidenceJoin(outcomes: [$0]).answers(for: asking)[0].status
        }
        #expect(answers == [.notApplicable, .notEvaluated, .fail])
    }

    @Test func aClauseCitesSectionsOfTheBenchmark() {
        func recommendation(_ id: String, _ status: ClauseStatus) -> ComplianceReport.Answer {
            .init(
                clause: .init(id: id, title: id), status: status, confidence: .exact,
                evidence: [Evidence(verdict: status.rawValue, message: id, source: "lintel.cis.v1_8")])
        }
        let citing = Framework(
            id: "y", title: "Y", version: "1",
            clauses: [
                .init(id: "Y-1", title: "etcd", benchmark: ["2.*"]), .init(id: "Y-2", title: "flags", benchmark: ["1.2.1"]),
                .init(id: "Y-3", title: "unseen", benchmark: ["1.1.*"]),
            ])
        let benchmark = [
            recommendation("1.2.1", .pass), recommendation("2.1", .pass), recommendation("2.2", .fail),
            recommendation("1.1.1", .notEvaluated),
        ]
        let answers = EvidenceJoin(outcomes: [], benchmark: benchmark).answers(for: citing)
        #expect(answers.map(\.status) == [.fail, .pass, .notEvaluated])
        #expect(answers[0].evidence.map(\.source) == ["CIS 2.2"])
    }

    @Test func anUndecidedInterviewStaysManual() {
        let interview = Framework(
            id: "x", title: "X", version: "1",
            clauses: [
                .init(id: "X-1", title: "People are trained", evaluation: .attestation, fallback: .manual)
            ])
        #expect(EvidenceJoin(outcomes: []).answers(for: interview)[0].status == .manual)
    }
}
