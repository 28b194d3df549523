/// A kind that neither the release nor a definition at hand has.
package struct UnknownKind: Sendable {
    package let type: TypeReference
    /// Whether the API server surely refuses it: the group is one of Kubernetes' own, so that no custom resource can have
    /// it, or the definition at hand has other versions.
    package let isRefused: Bool
    /// Whether it is refused in this version of the API alone: other versions or releases have the kind.
    package let isOtherVersion: Bool
    package let message: String
    package let hint: String?

    init(type: TypeReference, entries: [KindEntry], catalogue: TypeCatalogue, release: Release) {
        self.type = type
        isRefused =
            catalogue.hasGroup(type.group) || !type.group.contains(".")
            || entries.contains { $0.resource != nil && $0.group != type.group && Self.isAlias(type.group, of: $0) }
        isOtherVersion = isRefused && !entries.isEmpty
        let known = entries.filter { $0.exists(in: release) }
        if let same = entries.first(where: { $0.group == type.group && $0.version == type.version }) {
            message = "Kubernetes \(release) has no \(type.kind) in \(type.apiVersion)" + Self.history(same, release)
            hint = Self.advice(entries, in: release)
        } else if !known.isEmpty, isRefused {
            message = "Kubernetes \(release) has no \(type.kind) in \(type.apiVersion)"
            hint = Self.advice(entries, in: release)
        } else if isRefused {
            let kinds = catalogue.allKinds.filter {
                $0.group == type.group && $0.version == type.version && $0.exists(in: release)
            }
            message = "\(type.apiVersion) of Kubernetes \(release) has no kind \(Wording.quoted(type.kind))"
            hint = Nearest.name(to: type.kind, among: kinds.map(\.kind)).map { "did you mean \($0)?" }
        } else {
            message = "no definition of \(type.kind) in \(type.apiVersion) is known, so its fields are not checked"
            hint = Self.source(of: type)
        }
    }

    /// A version that the definition of a kind does not have.
    init(type: TypeReference, versions: [String]) {
        self.type = type
        isRefused = true
        isOtherVersion = true
        message = "the definition of \(type.kind) in \(type.group) has no version \(type.version)"
        hint = "write apiVersion: \(Wording.choice(versions.map { "\(type.group)/\($0)" }))"
    }

    /// Names of groups that people make of the right one: `core`, `rbac`, `networking`.
    private static func isAlias(_ group: String, of entry: KindEntry) -> Bool {
        if entry.group.isEmpty { return group == "core" || group.isEmpty }
        return entry.group.hasPrefix(group + ".") || group.isEmpty
    }

    private static func history(_ entry: KindEntry, _ release: Release) -> String {
        guard let first = entry.releases.first, let last = entry.releases.last else { return "" }
        if release > last { return "; \(last) was the last release with it" }
        return release < first ? "; \(first) was the first release with it" : ""
    }

    /// Where the kind is in this release.
    static func advice(_ entries: [KindEntry], in release: Release) -> String? {
        let versions = entries.filter { $0.exists(in: release) }
        let stable = versions.filter { !$0.version.contains("alpha") && !$0.version.contains("beta") }
        let best = stable.isEmpty ? versions : stable
        guard !best.isEmpty else { return nil }
        return "write apiVersion: \(Wording.choice(Array(Set(best.map(\.apiVersion))).sorted()))"
    }

    /// Where the definitions of well-known groups come from.
    private static func source(of type: TypeReference) -> String {
        let projects: [(suffix: String, name: String)] = [
            ("cert-manager.io", "cert-manager"), ("monitoring.coreos.com", "the Prometheus operator"),
            ("argoproj.io", "Argo"), ("toolkit.fluxcd.io", "Flux"), ("istio.io", "Istio"),
            ("gateway.networking.k8s.io", "the Gateway API"), ("external-secrets.io", "External Secrets"),
            ("bitnami.com", "Sealed Secrets"), ("keda.sh", "KEDA"), ("crossplane.io", "Crossplane"),
            ("strimzi.io", "Strimzi"), ("metallb.io", "MetalLB"), ("cnpg.io", "CloudNativePG"),
            ("autoscaling.k8s.io", "the vertical Pod autoscaler"), ("traefik.io", "Traefik"),
            ("traefik.containo.us", "Traefik"),
            ("kyverno.io", "Kyverno"), ("cilium.io", "Cilium"), ("projectcalico.org", "Calico"),
            ("knative.dev", "Knative"),
            ("tekton.dev", "Tekton"), ("openshift.io", "OpenShift"), ("snapshot.storage.k8s.io", "the CSI snapshotter"),
            ("karpenter.sh", "Karpenter"), ("kubevirt.io", "KubeVirt"), ("longhorn.io", "Longhorn"),
            ("velero.io", "Velero"),
            ("elastic.co", "Elastic"), ("grafana.com", "the Grafana operator"), ("gatekeeper.sh", "Gatekeeper"),
        ]
        let project = projects.first { type.group == $0.suffix || type.group.hasSuffix("." + $0.suffix) }
        let from = project.map { " of \($0.name)" } ?? ""
        return "give its CustomResourceDefinition\(from) among the inputs or under schemas: in the configuration"
    }
}
