package import Diagnostics

/// Settings of an organisation, in the form of `lintel.yaml`, that nothing in a repository can weaken: its policies are
/// used, as severely and with the parameters it says, whatever the repository's configuration asks for.
package struct PolicyFloor: Sendable {
    private let floor: Configuration
    private let policies: [Policy]
    /// Ids of the policies that are used in any case: those of the floor's profiles, `recommended` without one, and all of
    /// the user's, but those that the floor itself skips.
    package let required: Set<String>
    /// The same with what they merge, which is a part of what they find: it stays as well.
    private let kept: Set<String>

    /// - Parameter policies: all that a run may choose from.
    package init(_ floor: Configuration, policies: [Policy]) {
        self.floor = floor
        self.policies = policies
        var selection = PolicySelection()
        selection.profiles = floor.profiles ?? selection.profiles
        selection.skip = floor.skip
        let chosen = selection.policies(among: policies), required = Set(chosen.map(\.id))
        self.required = required
        let parts = Set(chosen.flatMap(\.merges))
        let skipped = policies.filter { floor.skip.contains(where: $0.answers(to:)) }.map(\.id)
        kept = required.union(parts.subtracting(skipped))
    }

    /// What the floor itself accepts.
    package var exceptions: [ExceptionEntry] { floor.exceptions }

    /// The file it was read from.
    package var path: String { floor.path ?? "" }

    /// A selection that the floor's policies are part of, with warnings about what has no effect.
    package func applied(to selection: PolicySelection) -> (selection: PolicySelection, problems: [Diagnostic]) {
        var selection = selection
        selection.required = required
        for profile in floor.profiles ?? PolicySelection().profiles where !selection.profiles.contains(profile) {
            selection.profiles.append(profile)
        }
        let held = policies.filter { policy in kept.contains(policy.id) && selection.skip.contains(where: policy.answers(to:)) }
        let problems = held.map { warning("--skip \($0.id) has no effect: \(path) keeps the policy", nil) }
        selection.skip.removeAll { name in held.contains { $0.answers(to: name) } }
        return (selection, problems)
    }

    /// A repository's configuration without what weakens the floor, and with what the floor sets; a warning for each
    /// setting that has no effect.
    package func applied(to configuration: Configuration) -> (configuration: Configuration, problems: [Diagnostic]) {
        var result = configuration, ignored: [(key: String, what: String)] = []
        for id in result.skip where kept.contains(id) { ignored.append(("skip", "skip \(id)")) }
        result.skip = floor.skip + result.skip.filter { !kept.contains($0) && !floor.skip.contains($0) }
        for policy in policies { apply(to: &result, policy, &ignored) }
        applyRunSettings(to: &result, &ignored)
        result.keepAlive(floor)
        let problems = ignored.map { key, what in
            warning("\(what) has no effect: \(path) does not allow it", configuration.range(ofKey: key))
        }
        return (result, problems)
    }

    /// The settings of some files without what weakens the floor; a warning for each that has no effect.
    package func applied(toPart part: Configuration) -> (configuration: Configuration, problems: [Diagnostic]) {
        var result = part, ignored: [(key: String, what: String)] = []
        for id in part.skip where kept.contains(id) { ignored.append((Setting.of("skip", id), "skip \(id)")) }
        result.skip.removeAll(where: kept.contains)
        for policy in policies where kept.contains(policy.id) {
            if let severity = part.severities[policy.id], severity < floor.severities[policy.id] ?? policy.severity {
                ignored.append((Setting.of("severity", policy.id), "severity \(severity.rawValue) of \(policy.id)"))
                result.severities[policy.id] = nil
            }
            for name in (part.parameters[policy.id] ?? [:]).keys.sorted()
            where part.parameters[policy.id]?[name] != floor.parameters[policy.id]?[name] {
                ignored.append((Setting.of("parameters", policy.id), "parameter \(name) of \(policy.id)"))
                result.parameters[policy.id]?[name] = nil
            }
        }
        let problems = ignored.map { key, what in
            warning("\(what) has no effect: \(path) does not allow it", part.places[key])
        }
        return (result, problems)
    }

    private func warning(_ message: String, _ range: SourceRange?) -> Diagnostic {
        Diagnostic(code: "policy_floor", severity: .warning, message: message, range: range)
    }

    private func apply(to result: inout Configuration, _ policy: Policy, _ ignored: inout [(key: String, what: String)]) {
        let id = policy.id
        guard kept.contains(id) else {
            result.severities[id] = result.severities[id] ?? floor.severities[id]
            result.parameters[id] = result.parameters[id] ?? floor.parameters[id]
            result.admission.enforcement[id] = result.admission.enforcement[id] ?? floor.admission.enforcement[id]
            return
        }
        let least = floor.severities[id] ?? policy.severity
        if let severity = result.severities[id], severity < least {
            ignored.append(("severity", "severity \(severity.rawValue) of \(id)"))
        }
        if floor.severities[id] != nil || result.severities[id] != nil {
            result.severities[id] = max(result.severities[id] ?? least, least)
        }
        let given = result.parameters[id] ?? [:], kept = floor.parameters[id] ?? [:]
        for (name, value) in given.sorted(by: { $0.key < $1.key }) where kept[name] != value {
            ignored.append(("parameters", "parameter \(name) of \(id)"))
        }
        result.parameters[id] = floor.parameters[id]
        let action = floor.admission.enforcement[id]
        if let given = result.admission.enforcement[id], given != .deny, given != action {
            ignored.append(("admission", "enforcement \(given.rawValue) of \(id)"))
            result.admission.enforcement[id] = action
        } else {
            result.admission.enforcement[id] = result.admission.enforcement[id] ?? action
        }
        if let mode = result.admission.onErrorOfPolicy[id], mode == .allow, floor.admission.onErrorOfPolicy[id] != .allow {
            ignored.append(("admission", "onError allow of \(id)"))
            result.admission.onErrorOfPolicy[id] = nil
        }
        result.admission.onErrorOfPolicy[id] = result.admission.onErrorOfPolicy[id] ?? floor.admission.onErrorOfPolicy[id]
        let updates = floor.admission.updatesOfPolicy[id] ?? floor.admission.updates ?? .newViolations
        if let given = result.admission.updatesOfPolicy[id], given.strictness < updates.strictness {
            ignored.append(("admission", "updates \(given.rawValue) of \(id)"))
            result.admission.updatesOfPolicy[id] = nil
        }
        result.admission.updatesOfPolicy[id] = result.admission.updatesOfPolicy[id] ?? floor.admission.updatesOfPolicy[id]
    }

    private func applyRunSettings(to result: inout Configuration, _ ignored: inout [(key: String, what: String)]) {
        let least = floor.failOn ?? .error
        if let given = result.failOn, given.strictness < least.strictness {
            ignored.append(("failOn", "failOn \(given.rawValue)"))
        }
        result.failOn = [least, result.failOn ?? least].max { $0.strictness < $1.strictness }
        result.failOnSkip += floor.failOnSkip.filter { !result.failOnSkip.contains($0) }
        // Older releases of the standards ask for less.
        if let given = result.podSecurityVersion, given != floor.podSecurityVersion {
            ignored.append(("podSecurityVersion", "podSecurityVersion \(given.text)"))
        }
        result.podSecurityVersion = floor.podSecurityVersion
        if let version = floor.kubernetesVersion {
            if let given = result.kubernetesVersion, given != version {
                ignored.append(("kubernetesVersion", "kubernetesVersion \(given.text)"))
            }
            result.kubernetesVersion = version
        }
        if let mode = floor.admission.onError { result.admission.onError = mode }
        applyModes(to: &result, &ignored)
        result.noExceptions.formUnion(floor.noExceptions)
        for (given, kept) in [
            (result.inlineExceptions, floor.inlineExceptions), (result.foreignExceptions, floor.foreignExceptions),
        ]
        where given == true && kept == false { ignored.append(("inlineExceptions", "exceptions in manifests")) }
        if floor.inlineExceptions == false { result.inlineExceptions = false }
        if floor.foreignExceptions == false { result.foreignExceptions = false }
        if floor.admission.annotationExceptions == false { result.admission.annotationExceptions = false }
    }

    /// A floor that says how far verdicts go is the last word about it: all modes of the other file may be weaker.
    private func applyModes(to result: inout Configuration, _ ignored: inout [(key: String, what: String)]) {
        if let mode = floor.admission.mode {
            let given = result.admission.mode ?? mode
            if given < mode || result.admission.modes.contains(where: { $0.mode < mode }) {
                ignored.append(("admission", "a mode below \(mode.rawValue)"))
            }
            result.admission.mode = max(given, mode)
            result.admission.modes = floor.admission.modes + result.admission.modes.filter { $0.mode >= mode }
        }
        if let updates = floor.admission.updates {
            if let given = result.admission.updates, given.strictness < updates.strictness {
                ignored.append(("admission", "updates \(given.rawValue)"))
            }
            let given = result.admission.updates ?? updates
            result.admission.updates = given.strictness < updates.strictness ? updates : given
        }
    }
}

extension FailThreshold {
    /// Greater for a threshold that more findings reach.
    fileprivate var strictness: Int {
        switch self {
        case .never: 0
        case .critical: 1
        case .high: 2
        case .medium: 3
        // Levels are those of severities, and with a profile of Pod Security never less.
        case .error: 4
        case .low: 5
        case .warning: 6
        }
    }
}
