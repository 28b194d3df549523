package import Catalogue
package import Diagnostics
import Documents
import Findings
package import Judging
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
        /// What is accepted; nil when nothing is.
        package var exceptions: Exceptions?

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
    /// The first slot of the policy with the same id, by slot.
    package let firstSlots: [Int]
    /// Policies that need objects which a request does not carry; they judge nothing here.
    package let left: [Policy]

    /// The policies, in the order of their slots.
    package let policies: [Policy]
    /// Whether an evaluation may wait for a host of the network.
    package var reachesNetwork: Bool { checks.data.network.map { !$0.allowedHosts.isEmpty } ?? false }
    /// The names that `/v1/admit/NAME` knows.
    package var profileNames: [String] { profiles.keys.filter { !$0.isEmpty }.sorted() }
    /// How many policies a profile has; 0 for a name that is not known.
    package func count(inProfile name: String = "") -> Int { profiles[name]?.slots.count ?? 0 }

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
        let used = chosen.filter { $0.scope == .object }
        let left = options.selection.policies(among: set.policies).filter { $0.scope == .allObjects }
        let (program, problems) = PolicyProgram.load(used, of: set, needsPlaces: options.exceptions != nil)
        guard let program else { return (nil, problems) }
        let located = LocatedPolicies(program.policies, of: set, options: options)
        return (AdmissionPolicies(program, located, options: options, left: left), problems)
    }

    private init(_ program: PolicyProgram, _ located: LocatedPolicies?, options: Options, left: [Policy]) {
        self.located = located
        policies = program.policies
        self.left = left
        var slots: [String: Int] = [:]
        ids = program.policies.map(\.id)
        for (slot, id) in ids.enumerated().reversed() { slots[id] = slot }
        firstSlots = ids.map { slots[$0]! }
        exceptions = options.exceptions
        checks = CheckSet(program, data: options.data.document(for: program.policies, inventory: nil))
        let settings = options.data.configuration.admission
        let onError = options.overridesOnError ? options.onError : settings.onError ?? options.onError
        self.onError = onError
        self.settings = settings
        updates = program.policies.indices.map { slot in
            settings.updatesOfPolicy[program.policies[slot].id]
                ?? (Self.judgesState(slot, program) ? settings.updates ?? .newViolations : .all)
        }
        errorModes = program.policies.map { settings.onErrorOfPolicy[$0.id] ?? onError }
        var profiles = ["": Self.profile(options.selection, of: program, options)]
        for name in PolicySelection.profiles where options.selection.usesBuiltin {
            var selection = options.selection
            selection.profiles = [name]
            selection.only = []
            profiles[name] = Self.profile(selection, of: program, options)
        }
        self.profiles = profiles
    }

    /// Whether a policy judges what the object is, so that it can be asked about the object before the update. One that
    /// looks at who asks, at the old object or at the request's options judges the change.
    private static func judgesState(_ slot: Int, _ program: PolicyProgram) -> Bool {
        let policy = program.policies[slot], form = program.forms[slot]
        if policy.origin != .user || form == .object { return true }
        guard let use = program.engine.inputUse(of: policy.compiledName) else { return false }
        let ofChange: Set = ["userInfo", "oldObject", "options", "dryRun", "subResource"]
        return use.texts.isDisjoint(with: ofChange) && (form == .both || use.texts.contains("object"))
    }

    private static func profile(
        _ selection: PolicySelection, of program: PolicyProgram, _ options: Options
    ) -> Profile {
        let configuration = options.data.configuration
        let used = Set(selection.policies(among: program.policies).map(CheckKey.init))
        let settings = program.policies.map {
            RuleReference($0, configuration: configuration, selection: selection)
        }
        let threshold = configuration.failOn ?? .error
        return Profile(
            slots: program.policies.indices.filter { used.contains(CheckKey(program.policies[$0])) },
            actions: program.policies.indices.map { slot in
                if let action = configuration.admission.enforcement[program.policies[slot].id] { return action }
                if threshold.isReached(by: settings[slot].level, settings[slot].severity) { return .deny }
                return settings[slot].level == .note ? nil : .warn
            },
            severities: settings.map(\.severity))
    }
}
