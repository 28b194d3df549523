import Documents

/// What the API server would not accept as an AdmissionReview: unknown fields, and a request without an object.
enum AdmissionReviewCheck {
    private static let request: Set<String> = [
        "uid", "kind", "resource", "subResource", "requestKind", "requestResource", "requestSubResource", "name",
        "namespace", "operation", "userInfo", "object", "oldObject", "dryRun", "options",
    ]
    private static let members: [String: Set<String>] = [
        "kind": ["group", "version", "kind"], "requestKind": ["group", "version", "kind"],
        "resource": ["group", "version", "resource"], "requestResource": ["group", "version", "resource"],
        "userInfo": ["username", "uid", "groups", "extra"],
    ]

    /// Why a document cannot be reviewed; nil when it can.
    static func problem(of root: Value) -> String? {
        if let name = unknown(in: root, ["apiVersion", "kind", "request", "response"]) {
            return "unable to convert to an AdmissionReview object: unknown field \"\(name)\""
        }
        let request = root.field("request")
        guard request.kind == .object else { return "the AdmissionReview has no request" }
        if let name = unknown(in: request, Self.request) {
            return "unable to convert to an AdmissionReview object: unknown field \"request.\(name)\""
        }
        for (field, names) in members.sorted(by: { $0.key < $1.key }) {
            if let name = unknown(in: request.field(named: field), names) {
                return "unable to convert to an AdmissionReview object: unknown field \"request.\(field).\(name)\""
            }
        }
        let objects = [request.field("object"), request.field("oldObject")].filter { $0.isDefined && $0.kind != .null }
        if objects.isEmpty { return "the AdmissionRequest has neither an object nor an oldObject to review" }
        for object in objects where (object.field("kind").stringValue ?? "").isEmpty {
            return "the object of the AdmissionRequest has no kind"
        }
        let isDelete = request.field("operation").stringValue == "DELETE"
        if isDelete, request.field("oldObject").kind != .object { return "a DELETE has an oldObject, and this has none" }
        return nil
    }

    private static func unknown(in value: Value, _ names: Set<String>) -> String? {
        guard value.kind == .object else { return nil }
        return value.keys.first { !names.contains($0.string) }?.string
    }
}
