package import Catalogue
package import Diagnostics
import Documents
package import Inputs
package import Judging

/// The policies that judge audit events, compiled once for any number of evaluators.
package struct AuditPolicies: Sendable {
    let checks: CheckSet
    let options: Validator.Options

    /// The policies among them, by id.
    package var policies: [Policy] { checks.checks.map(\.policy) }

    /// Compiles the library's policies of the category `audit` and all policies of the user that look at events.
    /// - Returns: nil, with the problems, when they do not compile or there are none.
    package static func compile(
        _ set: PolicySet, options: Validator.Options
    ) -> (policies: AuditPolicies?, problems: [Diagnostic]) {
        var selection = options.selection
        selection.profiles = ["all"]
        let chosen = selection.policies(among: set.policies).filter { policy in
            policy.scope == .object && policy.applies(to: AuditEvents.kind)
                && (policy.origin == .user || policy.category == "audit")
        }
        if chosen.isEmpty {
            return (nil, [Diagnostic(code: "policy_error", message: "no policy about audit events is selected")])
        }
        let (program, problems) = PolicyProgram.load(chosen, of: set)
        guard let program else { return (nil, problems) }
        let data = options.data.document(for: program.policies, inventory: nil)
        return (AuditPolicies(checks: CheckSet(program, data: data), options: options), problems)
    }

    /// The policies for a server that judges admission requests too: of the user's policies only those whose targets name
    /// audit events, as the others are meant for objects; nil when there are none.
    package static func compile(_ set: PolicySet, selection: PolicySelection, data: EvaluationData) -> AuditPolicies? {
        var options = Validator.Options()
        options.selection = selection
        options.selection.skip += set.user.policies.filter { policy in
            !policy.targets.contains { $0.group == AuditEvents.kind.group && $0.covers(AuditEvents.kind) }
        }.map(\.id)
        options.data = data
        options.budget.time = 1_000_000_000
        return compile(set, options: options).policies
    }
}

/// What the policies said about some events.
package struct AuditVerdict: Sendable {
    package var findings: [Finding] = []
    /// Policies that failed.
    package var problems: [Diagnostic] = []
}

/// Judges events one after the other; one per thread.
package struct AuditEvaluator {
    private var judge: Judge
    private let rules: [RuleReference]
    private var reported: RecentNames
    private var known: Set<CheckKey> = []

    package init(_ policies: AuditPolicies) {
        let set = policies.checks
        judge = Judge(
            set, selections: [set.slots(given: .scene, among: Array(set.checks.indices))], now: policies.options.now,
            stopped: StoppedChecks())
        judge.budget = policies.options.budget
        rules = set.checks.map {
            RuleReference($0.policy, configuration: set.data.configuration, selection: policies.options.selection)
        }
        reported = RecentNames(capacity: 65_536)
    }

    /// The number of policies that have judged an event so far.
    package var evaluatedPolicies: Int { known.count }

    /// Judges one event. An event comes once for each stage of its request: what was reported for an earlier stage is not
    /// reported again.
    package mutating func evaluate(_ event: AuditEvent) -> AuditVerdict {
        let root = event.document.root
        let type = GroupVersionKind(
            apiVersion: root.field("apiVersion").stringValue ?? "", kind: root.field("kind").stringValue ?? "")
        let resource = Resource(
            document: event.document, type: type, namespace: nil, name: event.id, path: event.path, documentIndex: 0,
            itemPath: [])
        var results = CheckResults()
        judge.judge(Subject(resource), into: &results)
        for slot in results.evaluated { known.insert(CheckKey(judge.set.checks[slot].policy)) }
        var verdict = AuditVerdict()
        verdict.problems = results.faults.map(\.diagnostic)
        for violation in results.violations {
            var finding = Finding(violation, of: rules[violation.slot])
            let name = event.id + "\u{0}" + finding.policyID + "\u{0}" + finding.message
            if !event.id.isEmpty, !reported.insert(name) { continue }
            finding.location = SourcePlace(
                file: finding.location.file, start: moved(finding.location.start, event), end: moved(finding.location.end, event))
            verdict.findings.append(finding)
        }
        return verdict
    }

    private func moved(_ position: Position, _ event: AuditEvent) -> Position {
        Position(line: position.line + event.line - 1, column: position.column)
    }
}

/// Remembers the last names it was given.
private struct RecentNames {
    private var names: Set<String> = []
    private var order: [String] = []
    private var next = 0
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    /// Whether the name is new.
    mutating func insert(_ name: String) -> Bool {
        guard names.insert(name).inserted else { return false }
        if order.count < capacity {
            order.append(name)
        } else {
            names.remove(order[next])
            order[next] = name
            next = (next + 1) % capacity
        }
        return true
    }
}
