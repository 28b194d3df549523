import Catalogue
import Documents

/// The labels of the namespace that a request is about, as far as it tells them.
enum NamespaceLabels {
    /// - Parameter request: the `request` of an AdmissionReview.
    static func known(to request: Value) -> [String: String] {
        var labels: [String: String] = [:]
        let source = object(in: request).field("metadata").field("labels")
        if source.kind == .object {
            for (key, value) in zip(source.keys, source.values) { labels[key.stringValue ?? ""] = value.stringValue }
        }
        if let name = request.field("namespace").stringValue, !name.isEmpty {
            labels[NamespaceSelector.nameLabel] = name
        }
        return labels
    }

    /// The Namespace: of a request about one, as it was before, so that nobody picks a mode by the change that is judged.
    private static func object(in request: Value) -> Value {
        let type = request.field("kind")
        if type.field("kind").stringValue == "Namespace", (type.field("group").stringValue ?? "").isEmpty {
            let old = request.field("oldObject")
            return old.kind == .object ? old : request.field("object")
        }
        return request.field("namespaceObject")
    }
}
