import Diagnostics
import Documents
import Inputs

/// Policies of other forms than Rego, which `--policy` does not read: taken for nothing, they would look obeyed.
enum ForeignPolicy {
    /// The tool that reads objects of a group; for groups that hold other things too, only some kinds.
    private static let forms: [(group: String, kinds: [String], tool: String)] = [
        ("templates.gatekeeper.sh", [], "Gatekeeper"), ("constraints.gatekeeper.sh", [], "Gatekeeper"),
        ("mutations.gatekeeper.sh", [], "Gatekeeper"), ("expansion.gatekeeper.sh", [], "Gatekeeper"),
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

    /// The problem that a YAML or JSON file holds such a policy; nil when it holds none.
    static func problem(of source: SourceFile) -> Diagnostic? {
        // Folders of policies hold many other files, which need not be read.
        guard forms.contains(where: { source.bytes.contains(text: $0.group) }) else { return nil }
        for document in YAMLReader().read(source).documents {
            guard let (kind, tool) = form(of: document.root) else { continue }
            let place = document.place(at: DocumentPath([.key("kind")]))
            return Diagnostic(
                code: "policy_error",
                message: "a \(kind) is a policy of \(tool), which --policy does not read",
                range: document.range(place.span),
                hint: "leave the file out of --policy"
                    + (kind == "ConstraintTemplate" ? ", and give the Rego it holds as a .rego file" : ""))
        }
        return nil
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
