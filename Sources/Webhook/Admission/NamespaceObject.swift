import Catalogue
import Documents

/// Puts the Namespace into requests, for policies that ask for its labels: API servers send only its name.
enum NamespaceObject {
    /// - Parameter known: the Namespace as the cluster has it; nil when that is not known, then its name has to do.
    static func added(to review: Document, _ known: Document?) -> Document {
        let request = review.root.field("request")
        guard request.field("namespaceObject").isUndefined, let name = request.field("namespace").stringValue, !name.isEmpty
        else {
            return review
        }
        let arena = Arena.make(capacity: 1024)
        func object(_ members: [(Value, Value)]) -> Value {
            arena.object(members.map { ObjectEntry(key: $0.0, value: $0.1) })
        }
        let label = object([(arena.string(NamespaceSelector.nameLabel), arena.string(name))])
        let metadata = object([(arena.string("name"), arena.string(name)), (arena.string("labels"), label)])
        let namespace =
            known?.root
            ?? object([
                (arena.string("apiVersion"), arena.string("v1")), (arena.string("kind"), arena.string("Namespace")),
                (arena.string("metadata"), metadata),
            ])
        let changed = object(
            Array(zip(request.keys, request.values)) + [(arena.string("namespaceObject"), namespace)])
        let root = object(zip(review.root.keys, review.root.values).map { ($0, $0.stringValue == "request" ? changed : $1) })
        return Document(arena: arena, root: root, rootSpan: .nowhere, parts: [review] + (known.map { [$0] } ?? []))
    }
}
