import Diagnostics
import Judging
import Schemas

/// Mistakes that a policy and the catalogue of types both find are told once: by the policy, which says more about them.
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
    }

    static func withoutRepetitions(_ findings: [Finding]) -> [Finding] {
        var told: Set<Place> = []
        for finding in findings where policies.contains(finding.policyID) { told.insert(place(finding)) }
        if told.isEmpty { return findings }
        return findings.filter { !types.contains($0.policyID) || !told.contains(place($0)) }
    }

    private static func place(_ finding: Finding) -> Place {
        Place(resource: ObjectIdentifier(finding.resource), line: finding.location.start.line)
    }
}
