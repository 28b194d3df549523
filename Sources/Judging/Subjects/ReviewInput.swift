package import Documents
package import Inputs
import Text

/// Builds what policies see as `input` from an object and an admission review.
package enum ReviewInput {
    /// The review of a manifest's creation, as the API server would send it.
    package static func creation(of resource: Resource) -> Document {
        let arena = Arena.make(capacity: 1024)
        let type = resource.type, plural = PluralNames.name(of: type.kind)
        func identity(_ last: String, _ name: String) -> Value {
            arena.object(["group": arena.string(type.group), "version": arena.string(type.version), last: arena.string(name)])
        }
        let kind = identity("kind", type.kind), served = identity("resource", plural)
        var members: [(String, Value)] = [
            ("uid", arena.string("")), ("kind", kind), ("requestKind", kind), ("resource", served),
            ("requestResource", served), ("operation", arena.string("CREATE")), ("userInfo", arena.object([ObjectEntry]())),
            ("object", resource.value), ("oldObject", .null), ("dryRun", .false),
            ("options", arena.object([
                "apiVersion": arena.string("meta.k8s.io/v1"), "kind": arena.string("CreateOptions"),
            ])),
            ("name", arena.string(resource.value.field("metadata").field("name").stringValue ?? "")),
        ]
        if !ClusterScope.contains(type.groupKind) {
            members.append(("namespace", arena.string(resource.namespace ?? "default")))
        }
        let request = arena.object(members.map { ObjectEntry(key: arena.string($0.0), value: $0.1) })
        let review = arena.object([
            "apiVersion": arena.string("admission.k8s.io/v1"), "kind": arena.string("AdmissionReview"), "request": request,
        ])
        return Document(arena: arena, root: review, owner: resource.document)
    }

    /// The object with the review's request beside its own members.
    package static func both(_ object: Value, _ review: Value, in arena: Arena) -> Value {
        let request = ObjectEntry(key: arena.string("request"), value: review.field("request"))
        guard object.kind == .object else { return arena.object([request]) }
        return arena.object(zip(object.keys, object.values).map { ObjectEntry(key: $0, value: $1) } + [request])
    }
}

