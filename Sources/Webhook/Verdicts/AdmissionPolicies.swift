package import Catalogue
package import Diagnostics
import Documents
import Findings
import Gatekeeper
package import Inputs
package import Judging
package import Logging
import Rego
import RegoNetwork

/// Policies compiled for admission, with their data and settings: immutable, shared by the evaluators of all threads.
package final class AdmissionPolicies: Sendable {
    /// What admission is set up from.
    package struct Options: Sendable {
        package var selection = PolicySelection()
        package var data = EvaluationData()
        /// What happens to requests that a policy cannot judge, unless the configuration says otherwise.
        package var onError = ErrorMode.allow
        /// Whether `onError` was asked for and wins over the configuration's.
        package var overridesOnError = false
        /// Whether policies that compare objects are to be given those of the cluster.
        package var followsCluster = false
        /// What is accepted; nil when nothing is.
        package var exceptions: Exceptions?
        /// Whether answers speak as Gatekeeper's: constraints by their names, and nothing of `dryrun`.
        package var speaksAsGatekeeper = false

        package init() {}
    }

    /// A choice among the policies, under the name it has in `/v1/admit/NAME`.
    struct Profile: Sendable {
        /// Slots of the policies that are used.
        var slots: [Int]
        /// What a violation leads to, by slot; nil for what is only worth a note.
        var actions: [EnforcementAction?]
        var severities: [PolicySeverity]
    }

    let checks: CheckSet
    /// What is accepted; nil when nothing is.
    let exceptions: Exceptions?
    /// The profile without a name, then the named ones.
    let profiles: [String: Profile]
    /// What a failure leads to, by slot.
    let errorModes: [ErrorMode]
    /// What updates are refused for, by slot.
    let updates: [UpdateMode]
    /// The user's policies compiled so that what they find has places, and their slots there, by slot; nil when there are
    /// none.
    let located: LocatedPolicies?
    /// How far verdicts go, by namespace.
    package let settings: AdmissionSettings
    /// The mode for requests that no policy got to judge.
    package let onError: ErrorMode
    /// The ids of the policies, by slot.
    package let ids: [String]
    /// What answers call the policies, by slot: their ids, or as Gatekeeper does.
    let names: [String]
    /// Whether answers warn of what is only tried (`dryrun`).
    let warnsOfDryRuns: Bool
    /// The first slot of the policy with the same id, by slot.
    package let firstSlots: [Int]
    /// Policies that need objects which a request does not carry, and why they judge nothing.
    package let left: [(policy: Policy, reason: String)]
    /// What policies that compare objects need; nil when they are given none.
    let needs: ObjectNeeds?
    /// Slots of policies that compare objects and have all they need.
    let comparing: Set<Int>
    /// Whether a policy or a mode may ask for the Namespace of an object.
    let readsNamespaces: Bool
    private let program: PolicyProgram
    /// Checks that are no policies; their slots come after those of the program.
    private let others: [Check]
    private let data: EvaluationData

    /// The policies, in the order of their slots.
    package let policies: [Policy]
    /// Whether an evaluation may wait for a host of the network.
    package var reachesNetwork: Bool { checks.data.network.map { !$0.allowedHosts.isEmpty } ?? false }
    /// The names that `/v1/admit/NAME` knows.
    package var profileNames: [String] { profiles.keys.filter { !$0.isEmpty }.sorted() }
    /// How many policies a profile has; 0 for a name that is not known.
    package func count(inProfile name: String = "") -> Int { profiles[name]?.slots.count ?? 0 }

    /// The same policies, those that compare objects with the objects of the cluster.
    /// - Parameter missing: kinds whose objects are not there, and why.
    init(_ other: AdmissionPolicies, inventory: [Resource], missing: [GroupKind: String]) {
        located = other.located
        (program, data, needs, readsNamespaces) = (other.program, other.data, other.needs, other.readsNamespaces)
        (policies, ids, firstSlots, profiles) = (other.policies, other.ids, other.firstSlots, other.profiles)
        (onError, errorModes, settings, updates) = (other.onError, other.errorModes, other.settings, other.updates)
        (exceptions, others) = (other.exceptions, other.others)
        (names, warnsOfDryRuns) = (other.names, other.warnsOfDryRuns)
        checks = CheckSet(program, others: others, data: data.document(for: program.policies, inventory: inventory))
        var comparing: Set<Int> = [], left: [(policy: Policy, reason: String)] = []
        for (slot, policy) in program.policies.enumerated() where policy.scope == .allObjects {
            let kinds = (other.needs?.kinds[policy.id] ?? []).sorted { $0.text < $1.text }
            let absent = kinds.filter { missing[$0] != nil }
            // Of kinds that are not served there are no objects; the others may have some.
            let isUnknown = absent.contains {
                missing[$0]?.contains("is not served") == false && missing[$0]?.contains("404") == false
            }
            if let pseudo = policy.requires.first(where: { $0.group == "lintel" }) {
                left.append((policy, "it needs \(pseudo.text), which a cluster does not hold"))
            } else if isUnknown, let kind = absent.first {
                left.append((policy, "\(kind.text): \(missing[kind] ?? "")"))
            } else {
                comparing.insert(slot)
            }
        }
        (self.comparing, self.left) = (comparing, left)
    }

    /// The kinds of objects that policies compare with; empty when they are given none.
    package var neededKinds: [GroupKind] { needs?.all ?? [] }

    /// Slots of a profile that can judge a request.
    func judging(_ profile: Profile) -> [Int] {
        checks.slots(
            given: .scene, among: profile.slots.filter { policies[$0].scope != .allObjects || comparing.contains($0) })
    }

    /// Says which policies judge nothing, and why.
    func report(to logger: Logger) {
        for (reason, group) in Dictionary(grouping: left, by: \.reason).sorted(by: { $0.key < $1.key }) {
            let names = group.map(\.policy.id).sorted().joined(separator: ",")
            logger.notice("policies judge nothing in admission", metadata: ["policies": "\(names)", "reason": "\(reason)"])
        }
    }

    /// How far the verdict about a request goes.
    /// - Parameter request: the `request` of an AdmissionReview.
    func mode(of request: Value) -> AdmissionMode {
        if settings.modes.isEmpty { return settings.mode ?? .enforce }
        let namespace = request.field("namespace").stringValue.flatMap { $0.isEmpty ? nil : $0 }
        return settings.mode(namespace: namespace, labels: NamespaceLabels.known(to: request))
    }

    /// Compiles the policies of a set; nil when there are errors.
    package static func compile(
        _ set: PolicySet, options: Options
    ) -> (policies: AdmissionPolicies?, problems: [Diagnostic]) {
        var everything = options.selection
        everything.profiles = PolicySelection.profiles
        everything.only = []
        let chosen = everything.policies(among: set.policies)
        let used = chosen.filter { $0.scope == .object || options.followsCluster && $0.scope == .allObjects }
        let left = options.selection.policies(among: set.policies).filter { $0.scope == .allObjects }.map { policy in
            (policy: policy, reason: reasonToLeave(policy, options))
        }
        let needs = options.followsCluster ? ObjectNeeds(of: used, in: set) : nil
        let (program, problems) = PolicyProgram.load(used, of: set, needsPlaces: options.exceptions != nil)
        guard let program else { return (nil, problems) }
        let located = LocatedPolicies(program.policies, of: set, options: options)
        let policies = AdmissionPolicies(
            program, located, options: options, left: left, needs: needs, readsNamespaces: set.user.readsNamespaces)
        return (policies, problems)
    }

    private static func reasonToLeave(_ policy: Policy, _ options: Options) -> String {
        if options.followsCluster { return "the objects of the cluster are not listed yet" }
        let asks = policy.constraint?.template.usesInventory == false
        return "they \(asks ? "look at Namespaces" : "compare objects"), and serve has no --cluster-objects"
    }

    private init(
        _ program: PolicyProgram, _ located: LocatedPolicies?, options: Options, left: [(policy: Policy, reason: String)],
        needs: ObjectNeeds?, readsNamespaces: Bool
    ) {
        self.located = located
        self.program = program
        self.needs = needs
        comparing = []
        data = options.data
        self.readsNamespaces = readsNamespaces || options.data.configuration.admission.modes.contains { $0.selector.needsLabels }
        let others = Self.others(options)
        let policies = program.policies + others.map(\.policy)
        (self.policies, self.others) = (policies, others)
        self.left = left
        var slots: [String: Int] = [:]
        ids = policies.map(\.id)
        warnsOfDryRuns = !options.speaksAsGatekeeper
        names = policies.map { policy in
            (options.speaksAsGatekeeper ? policy.constraint?.constraint.name : nil) ?? policy.id
        }
        for (slot, id) in ids.enumerated().reversed() { slots[id] = slot }
        firstSlots = ids.map { slots[$0]! }
        exceptions = options.exceptions
        checks = CheckSet(program, others: others, data: options.data.document(for: program.policies, inventory: nil))
        let settings = options.data.configuration.admission
        let onError = options.overridesOnError ? options.onError : settings.onError ?? options.onError
        self.onError = onError
        self.settings = settings
        updates = policies.indices.map { slot in
            settings.updatesOfPolicy[policies[slot].id]
                ?? (Self.judgesState(slot, program) ? settings.updates ?? .newViolations : .all)
        }
        errorModes = policies.map { settings.onErrorOfPolicy[$0.id] ?? onError }
        var profiles = ["": Self.profile(options.selection, of: policies, options)]
        for name in PolicySelection.profiles where options.selection.usesBuiltin {
            var selection = options.selection
            selection.profiles = [name]
            selection.only = []
            profiles[name] = Self.profile(selection, of: policies, options)
        }
        self.profiles = profiles
    }

    /// Whether a policy judges what the object is, so that it can be asked about the object before the update. One that
    /// looks at who asks, at the old object or at the request's options judges the change.
    private static func judgesState(_ slot: Int, _ program: PolicyProgram) -> Bool {
        // What is no policy of Rego judges changes.
        guard slot < program.policies.count else { return false }
        let policy = program.policies[slot], form = program.forms[slot]
        if policy.origin != .user || form == .object { return true }
        guard let use = program.engine.inputUse(of: policy.compiledName) else { return false }
        let ofChange: Set = ["userInfo", "oldObject", "options", "dryRun", "subResource"]
        return use.texts.isDisjoint(with: ofChange) && (form == .both || use.texts.contains("object"))
    }

    /// What is judged beside policies. A server that stands for Gatekeeper's judges by constraints alone.
    private static func others(_ options: Options) -> [Check] {
        if options.speaksAsGatekeeper { return [] }
        // A profile that is asked for by a request has it even where the selection names single policies.
        var selection = options.selection
        selection.only = []
        return [Check.changes(selection, options.data.configuration)].compactMap(\.self)
    }

    private static func profile(
        _ selection: PolicySelection, of policies: [Policy], _ options: Options
    ) -> Profile {
        let configuration = options.data.configuration
        let ofChanges = Check.policyOfChanges(selection).map { [$0] } ?? []
        let used = Set((selection.policies(among: policies) + ofChanges).map(CheckKey.init))
        let settings = policies.map {
            RuleReference($0, configuration: configuration, selection: selection)
        }
        let threshold = configuration.failOn ?? .error
        return Profile(
            slots: policies.indices.filter { used.contains(CheckKey(policies[$0])) },
            actions: policies.indices.map { slot in
                let policy = policies[slot]
                if let action = configuration.admission.enforcement[policy.id] { return action }
                // A constraint says itself what it leads to, unless somebody gave it another severity.
                if let own = policy.constraint?.action, configuration.severities[policy.id] == nil {
                    return EnforcementAction(own)
                }
                if threshold.isReached(by: settings[slot].level, settings[slot].severity) {
                    // What an object refers to may be on its way: nothing is refused for it unless the configuration says so.
                    return policy.scope == .allObjects ? .warn : .deny
                }
                return settings[slot].level == .note ? nil : .warn
            },
            severities: settings.map(\.severity))
    }
}

extension EnforcementAction {
    /// The action of a constraint of Gatekeeper.
    init(_ action: ConstraintAction) {
        switch action {
        case .deny: self = .deny
        case .warn: self = .warn
        case .dryrun: self = .dryrun
        }
    }
}

extension AdmissionPolicies {
    /// Whether answers warn of what a policy would refuse; constraints that are only tried say nothing to users, as in Gatekeeper.
    func warnsOfDryRun(_ slot: Int) -> Bool {
        warnsOfDryRuns && policies[slot].constraint?.action != .dryrun
    }
}
