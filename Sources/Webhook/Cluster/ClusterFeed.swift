import Catalogue
import Documents
import Inputs
package import Logging

/// Gives the policies of the moment the objects of the cluster, each time either changes.
package struct ClusterFeed: Sendable {
    private let holder: PolicyHolder
    private let store: ClusterStore
    private let logger: Logger

    package init(_ store: ClusterStore, holder: PolicyHolder, logger: Logger) {
        self.store = store
        self.holder = holder
        self.logger = logger
        holder.onNamespace { store.namespace($0)?.document }
    }

    /// Puts policies that see the objects of now in place of those that are served.
    package func refresh() {
        guard store.isSettled, let active = holder.current else { return }
        var missing: [GroupKind: String] = [:]
        let statuses = store.statuses
        for kind in active.admission.needs?.all ?? [] {
            switch statuses[kind] {
            case .complete: break
            case .missing(let reason)?: missing[kind] = reason
            case .loading?, nil: missing[kind] = "it is not followed; restart to follow the kinds of new policies"
            }
        }
        let admission = AdmissionPolicies(active.admission, inventory: store.resources, missing: missing)
        guard holder.replace(active, by: active.with(admission)) else { return }
        if active.admission.left.map(\.reason) == admission.left.map(\.reason) { return }
        admission.report(to: logger)
    }
}

/// Puts the Namespace into requests, for policies that ask for its labels: API servers send only its name.
enum NamespaceObject {
    /// - Parameter known: the Namespace as the cluster has it; nil when that is not known, then its name has to do.
    static func added(to review: Document, _ known: Document?) -> Document {
        let request = review.root.field("request")
        guard request.field("namespaceObject").isUndefined, let name = request.field("namespace").stringValue, !name.isEmpty else {
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
