public import Diagnostics

/// Everything a run found out.
public struct Report: Sendable {
    /// A policy that could not be judged, and why; never a pass.
    public struct NotEvaluated: Sendable, Hashable {
        public var policyID: String
        public var policySlug: String
        public var reason: String
    }

    /// Sorted by file, place, policy and text.
    public var findings: [Finding] = []
    /// The policies that were used, by id.
    public var policies: [Policy] = []
    /// How many of them looked at a resource.
    public var evaluatedPolicies = 0
    /// Ids of those that looked at all their resources without failing.
    public var judged: Set<String> = []
    public var notEvaluated: [NotEvaluated] = []
    public var resources = 0
    public var files = 0
    public var skipped: [SkippedDocument] = []
    /// Files, policies and settings that are not in order.
    public var diagnostics: [Diagnostic] = []
    /// Seconds from start to end.
    public var duration = 0.0

    public init() {}

    /// The number of findings of a severity.
    public func count(of severity: PolicySeverity) -> Int { findings.indices.count { findings[$0].severity == severity } }

    /// Whether something the user asked for could not be done.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// Why the run proves nothing; nil when at least one policy looked at one resource.
    public var nothingEvaluated: String? {
        if evaluatedPolicies > 0 { return nil }
        if policies.isEmpty { return "no policy is selected" }
        if files == 0 { return "no file was found" }
        if resources == 0 { return "no Kubernetes object was found" }
        return "no policy applies to the objects that were found"
    }

    /// How a run ends for the shell; see `docs/exit-codes.md`.
    public enum Conclusion: Int32, Sendable {
        case passed = 0
        case violations = 1
        case failed = 2
    }

    /// The conclusion under a threshold; a run that could not be done completely has failed, whatever it found.
    public func conclusion(failOn threshold: FailThreshold) -> Conclusion {
        if hasErrors || nothingEvaluated != nil { return .failed }
        return findings.contains { threshold.isReached(by: $0.level) } ? .violations : .passed
    }
}
