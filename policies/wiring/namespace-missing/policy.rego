# METADATA
# scope: package
# title: Namespace is defined nowhere
# description: Objects of a namespace that nothing creates are refused.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
# custom:
#   id: LT-REF-017
#   slug: namespace-missing
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: needs-context
#   scope: bundle
#   targets:
#   - {group: "*", kinds: ["*"]}
#   requires: [Namespace]
#   profiles: []
#   parameters:
#     externalNamespaces: {type: array, items: {type: string}, default: []}
#   remediation: Add the Namespace, let Argo CD or Helm create it, or list it in externalNamespaces.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.wiring.namespace_missing

import data.lintel.lib.argo
import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource

deny contains finding.at(input, "metadata.namespace", msg) if {
	namespace := input.metadata.namespace
	is_string(namespace)
	namespace != ""
	not data.inventory.cluster.v1.Namespace[namespace]
	not namespace in {"default", "kube-system", "kube-public", "kube-node-lease"}
	not namespace in data.parameters["LT-REF-017"].externalNamespaces
	not namespace in created
	msg := sprintf("namespace %q of %s %q is defined nowhere", [namespace, input.kind, resource.name])
}

# Argo CD and Helm create the namespace they deploy to when asked.
created contains application.spec.destination.namespace if {
	some application in argo.applications
	"CreateNamespace=true" in application.spec.syncPolicy.syncOptions
}

created contains target if {
	some namespace, _ in data.inventory.namespace
	some release in inventory.namespaced(namespace, "helm.toolkit.fluxcd.io", "HelmRelease")
	release.spec.install.createNamespace == true
	target := object.get(release.spec, "targetNamespace", namespace)
}
