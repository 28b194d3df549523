import Inputs

/// Which policies a run uses.
package struct PolicySelection: Sendable {
    /// Names accepted by `--profile`.
    package static let profiles = [
        "recommended", "baseline", "restricted", "hardening", "reliability", "multi-tenant", "cis-1.8", "all",
    ]

    /// Policies of any of these profiles are used; user policies always are.
    package var profiles: [String] = ["recommended"]
    /// When not empty, exactly these policies are used, whatever their profile.
    package var only: [String] = []
    /// These are not used.
    package var skip: [String] = []
    /// Ids of policies that are used whatever the rest says.
    package var required: Set<String> = []
    /// Whether the embedded library takes part.
    package var usesBuiltin = true

    package init() {}

    /// The policies to use, in the given order; host facts are not in manifests, so policies about them never are.
    package func policies(among all: [Policy]) -> [Policy] {
        all.filter { policy in
            if policy.scope == .hostFacts { return false }
            if required.contains(policy.id) { return true }
            if skip.contains(where: policy.answers(to:)) { return false }
            if policy.origin != .user, !usesBuiltin { return false }
            if !only.isEmpty { return only.contains(where: policy.answers(to:)) }
            return policy.origin == .user || profiles.contains { Self.isMember(policy, of: $0) }
        }
    }

    /// The names that no policy answers to, each with the nearest known one or where the names are.
    package func unknownNames(among all: [Policy]) -> [(name: String, suggestion: String)] {
        (only + skip).filter { name in !all.contains { $0.answers(to: name) } }.map { name in
            let nearest = Suggestion.text(for: name, among: all.flatMap { [$0.id, $0.slug] + $0.aliases })
            return (name, nearest.isEmpty ? "; lintel policies list names them" : nearest)
        }
    }

    /// The profiles that a policy belongs to, in their order; what pages, cards and lists name.
    package static func profiles(of policy: Policy) -> [String] { profiles.filter { isMember(policy, of: $0) } }

    /// Whether a policy belongs to a profile; `cis-1.8` holds every policy that serves a clause of the benchmark.
    package static func isMember(_ policy: Policy, of profile: String) -> Bool {
        // What a policy merges is in "all" by itself.
        if profile == "all" { return policy.merges.isEmpty }
        if policy.profiles.contains(profile) { return true }
        return profile == "cis-1.8" && policy.compliance.contains { $0.framework == "cis-k8s-1.8" }
    }

    /// The chosen profiles that stand for a level of Pod Security admission.
    package var podSecurityProfiles: [String] { profiles.filter { $0 == "baseline" || $0 == "restricted" } }
}
