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

/// The part of `lintel.yaml` that only admission reads.
package struct AdmissionSettings: Sendable {
    /// The mode for all policies; nil when the file does not say.
    package var onError: ErrorMode?
    /// Actions that replace those that follow from the severity, by policy id.
    package var enforcement: [String: EnforcementAction] = [:]
    /// Modes that replace `onError`, by policy id.
    package var onErrorOfPolicy: [String: ErrorMode] = [:]

    package init() {}
}

extension ConfigurationReader {
    mutating func readAdmission(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .object else { return report("admission is a mapping", at: path) }
        for (index, key) in value.keys.enumerated() {
            let place = path + [.key(key.string)], member = value.values[index]
            switch key.string {
            case "onError": configuration.admission.onError = option(member, place)
            case "policies": readAdmissionPolicies(member, place)
            default: reportUnknown(key.string, among: ["onError", "policies"], at: place)
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
                default: reportUnknown(key.string, among: ["enforcement", "onError"], at: place)
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
