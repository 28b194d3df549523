import Catalogue
import Diagnostics
import Judging
import Schemas

/// Mistakes that a policy and the catalogue of types both find are told once: by the policy, which says more about them,
/// unless this run takes its finding less seriously than the server takes the mistake.
enum Overlap {
    /// Policies about what the API server refuses too.
    private static let policies: Set<String> = [
        "LT-REF-001", "LT-REF-005", "LT-REF-026", "LT-REL-014", "LT-REL-017", "LT-REL-032", "LT-GIT-003",
        "LT-API-001",
    ]
    private static let types = Set(Fault.Rule.allCases.map(\.id))

    private struct Place: Hashable {
        var resource: ObjectIdentifier
        var line: Int

        init(_ finding: Finding) {
            resource = ObjectIdentifier(finding.resource)
            line = finding.position.line
        }
    }

    static func withoutRepetitions(_ findings: [Finding]) -> [Finding] {
        var refused: [Place: FindingLevel] = [:]
        // Findings are large, and few are about types: none is copied to look at its rule.
        for index in findings.indices where types.contains(findings[index].rule.id) {
            refused[Place(findings[index])] = findings[index].level
        }
        if refused.isEmpty { return findings }
        var told: Set<Place> = []
        var weaker: Set<Place> = []
        for finding in findings where policies.contains(finding.policyID) {
            let place = Place(finding)
            guard let level = refused[place] else { continue }
            if finding.level < level { weaker.insert(place) } else { told.insert(place) }
        }
        if told.isEmpty, weaker.isEmpty { return findings }
        return findings.filter { finding in
            if types.contains(finding.policyID) { return !told.contains(Place(finding)) }
            return !policies.contains(finding.policyID) || !weaker.contains(Place(finding))
                || told.contains(Place(finding))
        }
    }
}
