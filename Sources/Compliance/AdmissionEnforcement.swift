import Catalogue
import Documents
import Inputs

/// Something that enforces policies at admission, so that what it covers is enforced and not only found.
package struct AdmissionEnforcement: Sendable, Hashable {
    /// The object, as `ValidatingWebhookConfiguration lintel`.
    package var resource: String
    package var file: String
    package var line: Int?
    /// What it does, in words.
    package var effect: String
    /// The policies it enforces; nil for all that judge objects by themselves.
    package var policies: Set<String>?

    /// As one line of a report.
    var sentence: String { "\(resource) (\(file)\(line.map { ":\($0)" } ?? "")): \(effect)" }

    // MARK: Finding

    /// Policies that constraints of the Gatekeeper library stand for, by kind (`policies/enforcement.yaml`).
    static func constraints(in library: PolicyLibrary) -> [String: Set<String>] {
        guard let file = library.packed.dataFiles(below: "enforcement.yaml").first,
            let document = YAMLReader().read(file).documents.first
        else { return [:] }
        let kinds = document.root.field("gatekeeper")
        guard kinds.kind == .object else { return [:] }
        return Dictionary(
            zip(kinds.keys, kinds.values).map { ($0.string, Set($1.strings)) }, uniquingKeysWith: { first, _ in first })
    }

    /// What the input shows to be in force: Gatekeeper constraints that deny, and a webhook of ours that fails closed.
    static func all(in input: EvidenceInput, known: [String: Set<String>]) -> [AdmissionEnforcement] {
        var found: [AdmissionEnforcement] = []
        input.forEachObject { root, title, file, line in
            let group = root.field("apiVersion").stringValue?.split(separator: "/").first ?? ""
            if group == "constraints.gatekeeper.sh" {
                guard let policies = known[root.field("kind").stringValue ?? ""], denies(root.field("spec")) else { return }
                found.append(
                    AdmissionEnforcement(resource: title, file: file, line: line, effect: "Gatekeeper denies", policies: policies)
                )
            } else if group == "admissionregistration.k8s.io", root.field("kind").stringValue == "ValidatingWebhookConfiguration",
                isOurs(root)
            {
                found.append(
                    AdmissionEnforcement(
                        resource: title, file: file, line: line, effect: "Lintel judges each request and fails closed",
                        policies: nil))
            }
        }
        return found
    }

    private static func denies(_ spec: Value) -> Bool { (spec.field("enforcementAction").stringValue ?? "deny") == "deny" }

    /// Whether each webhook of a configuration calls Lintel and refuses what it cannot ask about.
    private static func isOurs(_ configuration: Value) -> Bool {
        let webhooks = configuration.field("webhooks")
        guard webhooks.kind == .array, webhooks.count > 0 else { return false }
        return webhooks.elements.allSatisfy { webhook in
            webhook.field("name").stringValue?.hasSuffix(".lintel.dev") == true
                && (webhook.field("failurePolicy").stringValue ?? "Fail") == "Fail"
        }
    }

    // MARK: Evidence

    /// An answer that names what enforces the policies it rests on.
    static func enforced(
        _ answer: ComplianceReport.Answer, by all: [AdmissionEnforcement]
    ) -> ComplianceReport.Answer {
        guard answer.status == .pass || answer.status == .partial else { return answer }
        var answer = answer
        let sources = Set(answer.evidence.map(\.source).filter { $0.hasPrefix("LT-") })
        for enforcement in all where !sources.isEmpty {
            let covered = enforcement.policies.map { $0.intersection(sources) } ?? sources
            guard let policy = covered.min() else { continue }
            answer.evidence.append(
                Evidence(
                    verdict: "enforced", message: enforcement.effect, source: policy, resource: enforcement.resource,
                    file: enforcement.file, line: enforcement.line))
        }
        return answer
    }
}
