package import Catalogue
package import Diagnostics
package import Inputs

/// Everything a run found out.
package struct Report: Sendable {
    /// A policy that could not be judged, and why; never a pass.
    package struct NotEvaluated: Sendable, Hashable {
        package var policyID: String
        package var policySlug: String
        package var reason: String
        /// Whether it is named without being asked for, as constraints that match nothing are.
        package var isNamed = false

        package init(policyID: String, policySlug: String, reason: String, isNamed: Bool = false) {
            self.policyID = policyID
            self.policySlug = policySlug
            self.reason = reason
            self.isNamed = isNamed
        }
    }

    /// Violations of a rule that are counted only, because an object has more of them than are listed.
    package struct Omitted: Sendable {
        package var rule: RuleReference
        package var count: Int
        /// In how many objects.
        package var objects: Int

        package init(rule: RuleReference, count: Int, objects: Int) {
            self.rule = rule
            self.count = count
            self.objects = objects
        }
    }

    /// What a run that was ended early did not come to.
    package struct Remainder: Sendable {
        /// Files of which something was not judged.
        package var files = 0
        /// Objects that were not judged by the policies that look at other objects too.
        package var objects = 0
        /// Whether these policies judged nothing at all.
        package var isWithoutRelations = false
        package init() {}
    }

    /// What a file of the input held.
    package struct Source: Sendable, Hashable {
        /// What policies looked at.
        package var resources = 0
        /// Kubernetes objects among it; charts, values files and the like are none.
        package var objects = 0

        package init(resources: Int = 0, objects: Int = 0) {
            self.resources = resources
            self.objects = objects
        }
    }

    /// A kind that nothing describes: neither Kubernetes nor a definition among the inputs.
    package struct UnknownKind: Sendable, Hashable {
        package var apiVersion: String
        package var kind: String
        /// How many objects are of it.
        package var objects: Int
    }

    /// Sorted by file, place, policy and text.
    package var findings: [Finding] = []
    /// Findings that somebody accepted, each with its `suppression`; they do not count.
    package var suppressed: [Finding] = []
    /// What `PolicyCoverage` is made of, when it was asked for.
    package var coverage: CoverageFacts?
    /// What was there before; nil when the run was compared with nothing.
    package var comparison: Comparison?
    /// What is left out of them, by rule.
    package var omitted: [Omitted] = []
    package var remainder = Remainder()
    /// The policies that were used, by id.
    package var policies: [Policy] = []
    /// How many were chosen, when `policies` does not have all of them: in a report that was saved.
    package var selectedPolicies: Int?
    /// When the run was, as RFC 3339 in UTC, for one that was saved.
    package var time: String?
    /// How many of them looked at a resource.
    package var evaluatedPolicies = 0
    /// Ids of those that looked at all their resources without failing.
    package var judged: Set<String> = []
    package var notEvaluated: [NotEvaluated] = []
    package var resources = 0
    /// How often an exception of the user's policies kept a rule from applying.
    package var exceptions = 0
    package var files = 0
    /// What each file held, in the order in which the files were given.
    package var sources: [Source] = []
    package var skipped: [SkippedDocument] = []
    /// Kinds of objects that were judged without knowing what they are.
    package var unknownKinds: [UnknownKind] = []
    /// What was built of the input, and what was not.
    package var builds: [BuildRecord] = []
    /// How much of the templates of charts was rendered; nil when nobody asked.
    package var templateCoverage: [ChartCoverage]?
    /// The names of the files that were found.
    package var checkedFiles: Set<String> = []
    /// Files that were named one by one: what is skipped of them is named too.
    package var namedFiles: Set<String> = []
    /// The settings the run was made with; nil when no file gave any.
    package var settings: RunSettings?
    /// Whether a run on nothing has passed, as with `--allow-empty`.
    package var allowsEmpty = false
    /// Files, policies and settings that are not in order.
    package var diagnostics: [Diagnostic] = []
    /// Errors that builtins gave inside the user's policies, as warnings: the policies went on without an answer.
    package var builtinErrors: [Diagnostic] = []
    /// Seconds from start to end.
    package var duration = 0.0

    package init() {}

    /// The number of findings of a severity.
    package func count(of severity: PolicySeverity) -> Int { findings.indices.count { findings[$0].severity == severity } }

    /// How many violations are not among the findings.
    package var omittedCount: Int { omitted.reduce(0) { $0 + $1.count } }

    /// Whether something the user asked for could not be done.
    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// Why the run proves nothing; nil when at least one policy looked at one resource, or when that is allowed. No policy
    /// at all never is.
    package var nothingEvaluated: String? {
        if evaluatedPolicies > 0 { return nil }
        if policies.isEmpty { return "no policy is selected" }
        if allowsEmpty { return nil }
        if files == 0 { return "no file was found" }
        if resources == 0 { return "no Kubernetes object was found" }
        return "no policy applies to the objects that were found"
    }

    /// How a run ends for the shell; see `docs/exit-codes.md`.
    package enum Conclusion: Int32, Sendable {
        case passed = 0
        case violations = 1
        case failed = 2
    }

    /// The conclusion under a threshold; a run that could not be done completely has failed, whatever it found.
    package func conclusion(failOn threshold: FailThreshold) -> Conclusion {
        if hasErrors || nothingEvaluated != nil { return .failed }
        let isReached =
            findings.contains { threshold.isReached(by: $0.level, $0.severity) }
            || omitted.contains { threshold.isReached(by: $0.rule.level, $0.rule.severity) }
        return isReached ? .violations : .passed
    }
}
