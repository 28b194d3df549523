import Diagnostics
import Documents
import Inputs

/// Policies of other forms than Rego, which `--policy` does not read: taken for nothing, they would look obeyed.
enum ForeignPolicy {
    /// The tool that reads objects of a group; for groups that hold other things too, only some kinds.
    private static let forms: [(group: String, kinds: [String], tool: String)] = [
        ("kyverno.io", [], "Kyverno"), ("policies.kyverno.io", [], "Kyverno"), ("policies.kubewarden.io", [], "Kubewarden"),
        ("policy.jspolicy.com", [], "jsPolicy"),
        (
            "admissionregistration.k8s.io",
            [
                "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicy",
                "MutatingAdmissionPolicyBinding",
            ], "the API server"
        ),
    ]

    /// Whether bytes may hold such a policy: folders of policies hold many other files, which need not be read.
    static func mayBe(in bytes: [UInt8]) -> Bool { forms.contains { bytes.contains(text: $0.group) } }

    /// The problem that a document is such a policy; nil when it is none.
    static func problem(of document: Document) -> Diagnostic? {
        guard let (kind, tool) = form(of: document.root) else { return nil }
        let place = document.place(at: DocumentPath([.key("kind")]))
        return Diagnostic(
            code: "policy_error", message: "a \(kind) is a policy of \(tool), which --policy does not read",
            range: document.range(place.span), hint: "leave the file out of --policy")
    }

    private static func form(of root: Value) -> (kind: String, tool: String)? {
        guard root.kind == .object, let version = root.field("apiVersion").stringValue, let kind = root.field("kind").stringValue
        else {
            return nil
        }
        let group = GroupVersionKind(apiVersion: version, kind: kind).group
        return forms.first { $0.group == group && ($0.kinds.isEmpty || $0.kinds.contains(kind)) }.map { (kind, $0.tool) }
    }
}
