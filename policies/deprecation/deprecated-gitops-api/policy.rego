# METADATA
# scope: package
# title: Custom resource uses an old API version
# description: Current releases of the product no longer serve this version, or are about to stop.
# related_resources:
# - ref: https://fluxcd.io/flux/releases/
# custom:
#   id: LT-API-004
#   slug: deprecated-gitops-api
#   aliases: [flux-old-api]
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [deprecation]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: acme.cert-manager.io, kinds: [Challenge, Order]}
#   - {group: cert-manager.io, kinds: [Certificate, CertificateRequest, ClusterIssuer, Issuer]}
#   - {group: certmanager.k8s.io, kinds: [Certificate, CertificateRequest, Challenge, ClusterIssuer, Issuer, Order]}
#   - {group: external-secrets.io, kinds: [ClusterExternalSecret, ClusterSecretStore, ExternalSecret, SecretStore]}
#   - {group: gateway.networking.k8s.io, kinds: [Gateway, GatewayClass, HTTPRoute]}
#   - {group: helm.toolkit.fluxcd.io, kinds: [HelmRelease]}
#   - {group: karpenter.sh, kinds: [Machine, NodeClaim, NodePool, Provisioner]}
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   - {group: kyverno.io, kinds: [CleanupPolicy, ClusterCleanupPolicy, PolicyException]}
#   - {group: notification.toolkit.fluxcd.io, kinds: [Alert, Provider, Receiver]}
#   - {group: secrets-store.csi.x-k8s.io, kinds: [SecretProviderClass]}
#   - {group: snapshot.storage.k8s.io, kinds: [VolumeSnapshot, VolumeSnapshotClass, VolumeSnapshotContent]}
#   - {group: source.toolkit.fluxcd.io, kinds: [Bucket, GitRepository, HelmChart, HelmRepository, OCIRepository]}
#   - {group: templates.gatekeeper.sh, kinds: [ConstraintTemplate]}
#   - {group: traefik.containo.us, kinds: [IngressRoute, IngressRouteTCP, IngressRouteUDP, Middleware, MiddlewareTCP, ServersTransport, TLSOption, TLSStore, TraefikService]}
#   profiles: [recommended]
#   remediation: Move to the replacement before upgrading the product.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     soc2-2017: ["CC7.1", "CC8.1"]
package lintel.deprecation.deprecated_gitops_api

import data.lintel.lib.apis
import data.lintel.lib.finding

deny contains finding.fixed(finding.at(input, "apiVersion", msg), apis.move(row)) if {
	row := apis.products[input.apiVersion][input.kind]
	row.removed != served
	msg := sprintf("%s %s is deprecated since %s (removal: %s): use %s", [input.apiVersion, input.kind, row.deprecated, row.removed, row.replacement])
}

# What every release still serves breaks nothing yet.
deny contains {"msg": msg, "node": input, "field": "apiVersion", "severity": "low", "fix": apis.move(row)} if {
	row := apis.products[input.apiVersion][input.kind]
	row.removed == served
	msg := sprintf("%s %s is deprecated since %s, though still served: use %s", [input.apiVersion, input.kind, row.deprecated, row.replacement])
}

served := "still served"
