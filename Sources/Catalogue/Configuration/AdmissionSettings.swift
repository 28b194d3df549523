import Diagnostics
import Documents
import Inputs

/// What happens to a request that violates a policy; Gatekeeper's names.
package enum EnforcementAction: String, Sendable, Hashable, CaseIterable {
    case deny, warn
    /// Allowed, with a warning that tells what would be denied.
    case dryrun
}

/// What happens to a request that a policy could not judge.
package enum ErrorMode: String, Sendable, Hashable, CaseIterable {
    case allow, deny
}

/// What an update is refused for.
package enum UpdateMode: String, Sendable, Hashable, CaseIterable {
    /// What it adds: violations that the old object had already are warnings.
    case newViolations = "new-violations"
    /// All violations when it changes more than metadata and status; else what it adds.
    case changedSpec = "changed-spec"
    /// All violations, as when the object is created.
    case all

    /// Greater for a mode that refuses more.
    package var strictness: Int {
        switch self {
        case .newViolations: 0
        case .changedSpec: 1
        case .all: 2
        }
    }
}

/// How far what policies say goes.
package enum AdmissionMode: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Nothing is refused and nobody is warned; what would have been refused is recorded.
    case observe
    /// Nothing is refused; what would have been is a warning.
    case warn
    case enforce

    package static func < (left: AdmissionMode, right: AdmissionMode) -> Bool { left.reach < right.reach }

    private var reach: Int {
        switch self {
        case .observe: 0
        case .warn: 1
        case .enforce: 2
        }
    }
}

/// What a policy's fix may do to objects that are created or changed.
package enum AdmissionFix: String, Sendable, Hashable, CaseIterable {
    /// Puts in what nobody set.
    case missing
    /// Changes and takes away what is set, too.
    case overwrite
}

/// The part of `lintel.yaml` that only admission reads.
package struct AdmissionSettings: Sendable {
    /// The mode of the namespaces that a selector picks.
    package struct ModeChoice: Sendable, Hashable {
        package var selector: NamespaceSelector
        package var mode: AdmissionMode
    }

    /// The mode for all policies; nil when the file does not say.
    package var onError: ErrorMode?
    /// How far verdicts go; nil when the file does not say.
    package var mode: AdmissionMode?
    /// Other modes of some namespaces; the first whose selector fits counts.
    package var modes: [ModeChoice] = []
    /// What updates are refused for; nil when the file does not say.
    package var updates: UpdateMode?
    /// Actions that replace those that follow from the severity, by policy id.
    package var enforcement: [String: EnforcementAction] = [:]
    /// Modes that replace `onError`, by policy id.
    package var onErrorOfPolicy: [String: ErrorMode] = [:]
    /// Modes that replace `updates`, by policy id.
    package var updatesOfPolicy: [String: UpdateMode] = [:]
    /// What the fixes of policies do, by policy id; those of others are not made.
    package var fixOfPolicy: [String: AdmissionFix] = [:]
    /// Whether annotations of the objects that are asked for may accept violations: whoever may create an object could
    /// then exempt it.
    package var annotationExceptions: Bool?

    package init() {}

    /// The mode for an object of a namespace, or for one of none.
    /// - Parameter labels: the namespace's labels as far as they are known.
    package func mode(namespace: String?, labels: [String: String]) -> AdmissionMode {
        guard namespace != nil else { return mode ?? .enforce }
        return modes.first { $0.selector.matches(labels) }?.mode ?? mode ?? .enforce
    }
}

extension ConfigurationReader {
    private static let admissionKeys = [
        "onError", "mode", "modes", "updates", "policies", "annotationExceptions",
    ]
    private static let admissionPolicyKeys = ["enforcement", "onError", "updates", "fix"]

    mutating func readAdmission(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .object else { return report("admission is a mapping", at: path) }
        for (index, key) in value.keys.enumerated() {
            let place = path + [.key(key.string)], member = value.values[index]
            switch key.string {
            case "onError": configuration.admission.onError = option(member, place)
            case "mode": configuration.admission.mode = option(member, place)
            case "modes": readModes(member, place)
            case "updates": configuration.admission.updates = option(member, place)
            case "policies": readAdmissionPolicies(member, place)
            case "annotationExceptions": configuration.admission.annotationExceptions = flag(member, place)
            default: reportUnknown(key.string, among: Self.admissionKeys, at: place)
            }
        }
    }

    private mutating func readModes(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .array else { return report("modes is a list of {namespaceSelector, mode}", at: path) }
        for (index, item) in value.elements.enumerated() {
            let place = path + [.index(index)]
            guard item.kind == .object, item.field("mode").isDefined, item.field("namespaceSelector").isDefined else {
                report("namespaceSelector and mode are expected", at: place)
                continue
            }
            var mode: AdmissionMode?, selector: NamespaceSelector?
            for (index, key) in item.keys.enumerated() {
                let member = place + [.key(key.string)]
                switch key.string {
                case "mode": mode = option(item.values[index], member)
                case "namespaceSelector": selector = readSelector(item.values[index], member)
                default: reportUnknown(key.string, among: ["mode", "namespaceSelector"], at: member)
                }
            }
            if let mode, let selector {
                configuration.admission.modes.append(AdmissionSettings.ModeChoice(selector: selector, mode: mode))
            }
        }
    }

    private mutating func readAdmissionPolicies(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .object else { return report("policies maps policies to their settings", at: path) }
        for (index, key) in value.keys.enumerated() {
            let place = path + [.key(key.string)], settings = value.values[index]
            guard let policy = policy(key, place, onKey: true) else { continue }
            guard settings.kind == .object else {
                report("the settings of \(policy.id) are a mapping", at: place)
                continue
            }
            for (index, key) in settings.keys.enumerated() {
                let place = place + [.key(key.string)], member = settings.values[index]
                switch key.string {
                case "enforcement": configuration.admission.enforcement[policy.id] = option(member, place)
                case "onError": configuration.admission.onErrorOfPolicy[policy.id] = option(member, place)
                case "updates": configuration.admission.updatesOfPolicy[policy.id] = option(member, place)
                case "fix": configuration.admission.fixOfPolicy[policy.id] = option(member, place)
                default: reportUnknown(key.string, among: Self.admissionPolicyKeys, at: place)
                }
            }
        }
    }

    private mutating func option<Option: RawRepresentable & CaseIterable>(
        _ value: Value, _ path: [DocumentPath.Step]
    ) -> Option? where Option.RawValue == String {
        choice(value, path, among: Option.allCases.map(\.rawValue)).flatMap(Option.init(rawValue:))
    }

    mutating func reportUnknown(_ name: String, among names: [String], at path: [DocumentPath.Step]) {
        report("unknown key \"\(name)\"\(Suggestion.text(for: name, among: names))", at: path, onKey: true)
    }
}
