package import Catalogue
import Documents
import Inputs

/// The files that say how a run judges, and what they change: a repository can weaken what it is judged by, so that whoever
/// reads a report must see it.
package struct RunSettings: Sendable, Hashable {
    /// One setting that differs from the default.
    package struct Change: Sendable, Hashable {
        /// The key of `lintel.yaml`.
        package var setting: String
        /// The policy it is about, by id; empty for settings of the run.
        package var policyID: String
        /// The policy's name for people; may be empty.
        package var policySlug: String
        /// The new value, as text.
        package var value: String
        /// The value without it, as text; empty when there is none.
        package var before: String
        /// The file or override that is about some paths only; empty for what holds for the whole run.
        package var layer = ""

        init(_ setting: String, of policy: Policy? = nil, value: String, before: String = "") {
            self.setting = setting
            policyID = policy?.id ?? ""
            policySlug = policy?.slug ?? ""
            self.value = value
            self.before = before
        }

        /// A change as a saved report has it.
        package init(_ setting: String, policyID: String, policySlug: String, value: String, before: String) {
            self.setting = setting
            self.policyID = policyID
            self.policySlug = policySlug
            self.value = value
            self.before = before
        }

        /// The change in words: `severity of LT-POD-001 privileged-container: info instead of critical`.
        package var text: String {
            let name = policySlug.isEmpty ? policyID : "\(policyID) \(policySlug)"
            let place = layer.isEmpty ? "" : layer + ": "
            if setting == "skip" { return "\(place)skip \(name)" }
            return
                "\(place)\(setting)\(name.isEmpty ? "" : " of \(name)"): \(value)\(before.isEmpty ? "" : " instead of \(before)")"
        }
    }

    /// The configuration that was used; empty when there is none.
    package var path: String
    /// The file of settings that cannot be weakened; empty when there is none.
    package var floor: String
    package var changes: [Change]

    package init(path: String, floor: String, changes: [Change]) {
        self.path = path
        self.floor = floor
        self.changes = changes
    }
}

extension ConfigurationLayers {
    /// What single files change, each with where it stands.
    package func changes(among policies: [Policy]) -> [RunSettings.Change] {
        layers.flatMap { layer in
            let accepted = layer.configuration.exceptions.count
            let exceptions = accepted == 0 ? [] : [RunSettings.Change("exceptions", value: String(accepted))]
            return (layer.configuration.changes(among: policies) + exceptions).map { change in
                var change = change
                change.layer = layer.name
                // What holds without it depends on the files above.
                if change.policyID.isEmpty { change.before = "" }
                return change
            }
        }
    }
}

extension Configuration {
    /// What the configuration changes, in the order of its documentation.
    package func changes(among policies: [Policy]) -> [RunSettings.Change] {
        typealias Change = RunSettings.Change
        var changes: [Change] = []
        if let profiles { changes.append(Change("profile", value: profiles.joined(separator: ", "), before: "recommended")) }
        if !self.policies.isEmpty { changes.append(Change("policies", value: self.policies.joined(separator: ", "))) }
        if let version = kubernetesVersion {
            changes.append(Change("kubernetesVersion", value: version.text, before: KubernetesVersion.newest.text))
        }
        if let version = podSecurityVersion { changes.append(Change("podSecurityVersion", value: version.text)) }
        if let failOn, failOn != .error {
            changes.append(Change("failOn", value: failOn.rawValue, before: FailThreshold.error.rawValue))
        }
        if let maxFindings, maxFindings != 100 {
            changes.append(Change("maxFindings", value: String(maxFindings), before: "100"))
        }
        if !include.isEmpty { changes.append(Change("include", value: include.map(\.glob.text).joined(separator: ", "))) }
        if !exclude.isEmpty { changes.append(Change("exclude", value: exclude.map(\.glob.text).joined(separator: ", "))) }
        if !failOnSkip.isEmpty { changes.append(Change("failOnSkip", value: failOnSkip.map(\.id).joined(separator: ", "))) }
        func known(_ ids: some Sequence<String>) -> [Policy] {
            let ids = Set(ids)
            return policies.filter { ids.contains($0.id) }
        }
        changes += known(skip).map { Change("skip", of: $0, value: "true") }
        for policy in known(severities.keys) {
            guard let severity = severities[policy.id], severity != policy.severity else { continue }
            changes.append(Change("severity", of: policy, value: severity.rawValue, before: policy.severity.rawValue))
        }
        for policy in known(parameters.keys) {
            for (name, value) in (parameters[policy.id] ?? [:]).sorted(by: { $0.key < $1.key }) {
                let before = policy.parameters.first { $0.name == name }?.defaultValue
                if before == value { continue }
                changes.append(Change("parameter \(name)", of: policy, value: shown(value), before: before.map(shown) ?? ""))
            }
        }
        return changes
    }

    /// A value as compact JSON, shortened.
    private func shown(_ value: Value) -> String {
        let text = JSONWriter.string(value)
        return text.utf8.count <= 200 ? text : String(text.prefix(200)) + "…"
    }
}
