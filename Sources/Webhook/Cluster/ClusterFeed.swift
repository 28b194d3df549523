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
