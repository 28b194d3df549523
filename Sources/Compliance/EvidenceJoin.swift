package import Findings

/// What one policy did in a run, as far as compliance is concerned.
package struct PolicyOutcome: Sendable {
    /// What became of the policy.
    package enum Run: Sendable, Equatable {
        case ran
        /// No object of its kinds was in the input.
        case hadNothingToJudge
        /// Something it needs was missing.
        case couldNotJudge(String)
    }

    package var policy: String
    /// Clause ids by framework id.
    package var compliance: [String: [String]]
    package var confidence: Confidence
    package var run: Run
    /// One item for each violation; those with an exception are accepted.
    package var violations: [Evidence]
    /// How many of the containers and resources the policy applies to comply with it.
    package var containers = PolicyCoverage.Share()
    package var resources = PolicyCoverage.Share()

    package init(
        policy: String, compliance: [String: [String]], confidence: Confidence, run: Run, violations: [Evidence]
    ) {
        self.policy = policy
        self.compliance = compliance
        self.confidence = confidence
        self.run = run
        self.violations = violations
    }
}

/// Brings the policies' outcomes and the benchmark's answers to the clauses of a framework.
package struct EvidenceJoin: Sendable {
    /// The part one policy or one recommendation has in a clause.
    private struct Share {
        var status: ClauseStatus
        var confidence: Confidence
        var evidence: [Evidence]
    }

    private let outcomes: [PolicyOutcome]
    private let benchmark: [String: ComplianceReport.Answer]

    /// `benchmark` holds the answers to the CIS recommendations, which other frameworks cite.
    package init(outcomes: [PolicyOutcome], benchmark: [ComplianceReport.Answer] = []) {
        self.outcomes = outcomes
        self.benchmark = Dictionary(benchmark.map { ($0.clause.id, $0) }) { first, _ in first }
    }

    /// The answer to every clause.
    package func answers(for framework: Framework) -> [ComplianceReport.Answer] {
        framework.clauses.map { clause in
            let policies = outcomes.filter { $0.compliance[framework.id]?.contains(clause.id) == true }
            return answer(clause, policies.map { share($0, clause) } + cited(by: clause))
        }
    }

    private func share(_ outcome: PolicyOutcome, _ clause: Framework.Clause) -> Share {
        let demand = clause.coverage.first { $0.policy == outcome.policy }
        if outcome.run == .ran, let demand, let (holds, text) = demand.answer(to: outcome) {
            // A full share that violations speak against is none.
            return share(
                outcome, holds && (demand.minimum < 1000 || outcome.violations.isEmpty),
                Evidence(verdict: "coverage", message: text, source: outcome.policy))
        }
        switch outcome.run {
        case .hadNothingToJudge:
            return Share(status: .notApplicable, confidence: outcome.confidence, evidence: [])
        case .couldNotJudge(let reason) where outcome.violations.isEmpty:
            let evidence = Evidence(verdict: "unknown", message: reason, source: outcome.policy)
            return Share(status: .notEvaluated, confidence: .partial, evidence: [evidence])
        case .ran where outcome.violations.isEmpty:
            let evidence = Evidence(verdict: "pass", message: "no violation", source: outcome.policy)
            return Share(status: .pass, confidence: outcome.confidence, evidence: [evidence])
        case .ran, .couldNotJudge:
            let accepted = outcome.violations.allSatisfy { $0.exception != nil }
            return Share(
                status: accepted ? .passWithExceptions : .fail, confidence: outcome.confidence,
                evidence: outcome.violations)
        }
    }

    /// The share of a policy whose coverage a clause names.
    private func share(_ outcome: PolicyOutcome, _ holds: Bool, _ coverage: Evidence) -> Share {
        let isAccepted = outcome.violations.allSatisfy { $0.exception != nil }
        return Share(
            status: holds ? .pass : isAccepted ? .passWithExceptions : .fail, confidence: outcome.confidence,
            evidence: [coverage] + (holds ? [] : outcome.violations))
    }

    private func cited(by clause: Framework.Clause) -> [Share] {
        let answers = clause.benchmark.flatMap { name -> [ComplianceReport.Answer] in
            guard name.hasSuffix("*") else { return benchmark[name].map { [$0] } ?? [] }
            return benchmark.values.filter { $0.clause.id.hasPrefix(name.dropLast()) }
        }
        return answers.sorted { $0.clause.id < $1.clause.id }.map { answer in
            let evidence = answer.evidence.map { item in
                var item = item
                item.source = "CIS \(answer.clause.id)"
                return item
            }
            return Share(status: answer.status, confidence: answer.confidence, evidence: evidence)
        }
    }

    /// One failure fails the clause; what could not be judged leaves a pass partial.
    private func answer(_ clause: Framework.Clause, _ shares: [Share]) -> ComplianceReport.Answer {
        func having(_ status: ClauseStatus) -> [Share] { shares.filter { $0.status == status } }
        let open = !having(.notEvaluated).isEmpty || !having(.manual).isEmpty
        var decided: (status: ClauseStatus, shares: [Share])
        if !having(.fail).isEmpty {
            decided = (.fail, having(.fail))
        } else if !having(.passWithExceptions).isEmpty {
            decided = (.passWithExceptions, having(.passWithExceptions) + having(.pass))
        } else if !having(.pass).isEmpty {
            decided = (.pass, having(.pass))
        } else if !shares.isEmpty, !open {
            decided = (.notApplicable, shares)
        } else {
            decided = (clause.fallback, shares)
        }
        if clause.isPartial, decided.status == .pass { decided.status = .partial }
        let partial = open || decided.status == .partial || decided.shares.contains { $0.confidence == .partial }
        return ComplianceReport.Answer(
            clause: clause, status: decided.status, confidence: partial ? .partial : .exact,
            evidence: decided.shares.flatMap(\.evidence))
    }
}
