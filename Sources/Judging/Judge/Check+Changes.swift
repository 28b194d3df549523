package import Catalogue
import Documents
import Gatekeeper
import Inputs
import Schemas

extension Check {
    /// What the API server refuses of an update: changes of fields that are fixed, by the rules that `check --previous`
    /// has. Nil when the selection leaves it out.
    ///
    /// Every profile has it, as in `check`, but none that leaves the library out.
    package static func changes(_ selection: PolicySelection, _ configuration: Configuration) -> Check? {
        guard let policy = policyOfChanges(selection) else { return nil }
        let check = ObjectCheck(releases: configuration.kubernetesVersion.flatMap { ReleaseRange($0.range) })
        let code = CodeCheck { subject, report in
            guard let old = subject.updated else { return }
            for fault in check.changes(from: old, to: subject.resource.document) {
                let message = fault.hint.map { "\(fault.message); \($0)" } ?? fault.message
                report(CodeCheck.Problem(message, at: fault.path))
            }
        }
        return Check(policy, needs: [], body: .code(code))
    }

    /// The check of changes as a policy; nil when the selection leaves it out.
    package static func policyOfChanges(_ selection: PolicySelection) -> Policy? {
        var selection = selection
        selection.profiles = ["all"]
        let name = Fault.Rule.immutableField.rawValue
        return selection.policies(among: Policy.typeChecks).first { $0.slug == name }
    }
}

extension Subject {
    /// The object that an update replaces; nil when there is none, or when the request goes to a part of the object, which has
    /// rules of its own.
    fileprivate var updated: Document? {
        guard circumstances.operation == .update, origin == .original, let review = circumstances.review,
            (review.root.field("request").field("subResource").stringValue ?? "").isEmpty,
            circumstances.oldObject.kind == .object
        else { return nil }
        return AdmissionRequest.resource(
            circumstances.oldObject, in: review, type: resource.type, namespace: resource.namespace, name: resource.name
        ).document
    }
}
