import Documents

extension RolloutSummary {
    /// Whose manifest would have to change: the object at the top of those that own what was refused, and what applies it.
    package struct Owner: Hashable, Sendable {
        package var kind: String
        package var name: String
        /// What brings it into the cluster: `Helm release web`; empty when nothing says so.
        package var source = ""

        /// - Parameters:
        ///   - object: what was refused; undefined when the log does not have it.
        ///   - kind: its kind, or its resource.
        ///   - name: empty when the server was to choose it.
        init(of object: Value, kind: String, name: String) {
            (self.kind, self.name) = (kind, name)
            let metadata = object.field("metadata")
            if name.isEmpty {
                let prefix = metadata.field("generateName").stringValue ?? ""
                self.name = metadata.field("name").stringValue ?? (prefix.isEmpty ? "" : prefix + "*")
            }
            source = Self.source(metadata)
            guard let controller = Self.controller(of: metadata) else { return }
            (self.kind, self.name) = controller
            // The ReplicaSet of a Deployment has the hash of the template behind the Deployment's name.
            let hash = metadata.field("labels").field(named: "pod-template-hash").stringValue ?? ""
            if controller.kind == "ReplicaSet", !hash.isEmpty, controller.name.hasSuffix("-" + hash) {
                (self.kind, self.name) = ("Deployment", String(controller.name.dropLast(hash.count + 1)))
            }
        }

        private static func controller(of metadata: Value) -> (kind: String, name: String)? {
            let list = metadata.field("ownerReferences")
            guard list.kind == .array else { return nil }
            let owner = list.elements.first { $0.field("controller").isTrue } ?? list.elements.first
            guard let kind = owner?.field("kind").stringValue, let name = owner?.field("name").stringValue else { return nil }
            return (kind, name)
        }

        /// The marks that tools leave on what they apply, the first that is there.
        private static let marks: [(name: String, member: String, tool: String)] = [
            ("argocd.argoproj.io/tracking-id", "annotations", "Argo CD application"),
            ("argocd.argoproj.io/instance", "labels", "Argo CD application"),
            ("helm.toolkit.fluxcd.io/name", "labels", "Flux HelmRelease"),
            ("kustomize.toolkit.fluxcd.io/name", "labels", "Flux Kustomization"),
            ("meta.helm.sh/release-name", "annotations", "Helm release"),
        ]

        private static func source(_ metadata: Value) -> String {
            for (name, member, tool) in marks {
                guard let text = metadata.field(named: member).field(named: name).stringValue, !text.isEmpty else { continue }
                // A tracking id is APPLICATION:GROUP/KIND:NAMESPACE/NAME.
                return "\(tool) \(text.prefix { $0 != ":" })"
            }
            return ""
        }
    }
}
