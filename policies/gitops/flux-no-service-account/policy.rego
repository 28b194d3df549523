# METADATA
# scope: package
# title: Flux applies with the rights of its controller
# description: Without a service account the controller, a cluster admin, applies whatever the source holds.
# related_resources:
# - ref: https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control
# custom:
#   id: LT-FLUX-006
#   slug: flux-no-service-account
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   - {group: helm.toolkit.fluxcd.io, kinds: [HelmRelease]}
#   profiles: [multi-tenant]
#   parameters:
#     exemptNamespaces: {type: array, items: {type: string}, default: [flux-system]}
#   remediation: Set spec.serviceAccountName to an account with the rights of the tenant.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.1"]
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1098.006"]
#     soc2-2017: ["CC6.3"]
package lintel.gitops.flux_no_service_account

import data.lintel.lib.finding
import data.lintel.lib.flux
import data.lintel.lib.resource

deny contains finding.at(input, "spec.serviceAccountName", msg) if {
	object.get(input.spec, "serviceAccountName", "") in {"", null}
	not is_object(object.get(input.spec, "kubeConfig", null))
	not resource.namespace in data.parameters["LT-FLUX-006"].exemptNamespaces
	msg := sprintf("%s names no service account", [flux.described])
}
