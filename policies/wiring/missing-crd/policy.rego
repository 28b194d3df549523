# METADATA
# scope: package
# title: Custom resource without its definition
# description: The API server does not know the kind, or this version of it, so applying fails.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/
# custom:
#   id: LT-REF-019
#   slug: missing-crd
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: needs-context
#   scope: bundle
#   targets:
#   - {group: "*", kinds: ["*"]}
#   requires: [apiextensions.k8s.io/CustomResourceDefinition]
#   profiles: []
#   parameters:
#     knownGroups: {type: array, items: {type: string}, default: [argoproj.io, fluxcd.io, cert-manager.io, monitoring.coreos.com, external-secrets.io, bitnami.com, istio.io, keda.sh, traefik.io, cilium.io, kyverno.io, gatekeeper.sh, cnrm.cloud.google.com, crossplane.io, kustomize.config.k8s.io]}
#   remediation: Add the CustomResourceDefinition, or list its group in knownGroups.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.wiring.missing_crd

import data.lintel.lib.crds
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "apiVersion", msg) if {
	custom
	not crds.versions[resource.group][input.kind]
	not known
	msg := sprintf("no CustomResourceDefinition for %s %s", [resource.group, input.kind])
}

deny contains finding.at(input, "apiVersion", msg) if {
	versions := crds.versions[resource.group][input.kind]
	not versions[resource.version]
	msg := sprintf("the CustomResourceDefinition of %s has no version %s", [input.kind, resource.version])
}

custom if {
	contains(resource.group, ".")
	not resource.group in builtin_groups
}

builtin_groups := {
	"admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "authentication.k8s.io",
	"authorization.k8s.io", "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io",
	"flowcontrol.apiserver.k8s.io", "internal.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io",
	"rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io", "storagemigration.k8s.io",
	"metrics.k8s.io", "apiserver.config.k8s.io", "audit.k8s.io", "kubelet.config.k8s.io", "kubeadm.k8s.io",
	"kubescheduler.config.k8s.io", "kubeproxy.config.k8s.io", "settings.k8s.io", "auditregistration.k8s.io",
}

known if {
	some group in data.parameters["LT-REF-019"].knownGroups
	is_below(resource.group, group)
}

is_below(group, parent) if group == parent

is_below(group, parent) if endswith(group, concat("", [".", parent]))
