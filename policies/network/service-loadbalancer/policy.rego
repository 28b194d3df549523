# METADATA
# scope: package
# title: Load balancer is open to the internet
# description: A public load balancer without source ranges exposes the Service to everybody.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
# custom:
#   id: LT-NET-005
#   slug: service-loadbalancer
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [network]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [Service]}
#   profiles: [recommended]
#   parameters:
#     allowedNamespaces: {type: array, items: {type: string}, default: []}
#     requireSourceRanges: {type: boolean, default: false}
#     internalAnnotations: {type: array, items: {type: string}, default: ["service.beta.kubernetes.io/aws-load-balancer-scheme=internal", "service.beta.kubernetes.io/aws-load-balancer-internal=true", "service.beta.kubernetes.io/azure-load-balancer-internal=true", "networking.gke.io/load-balancer-type=internal", "cloud.google.com/load-balancer-type=internal", "service.beta.kubernetes.io/openstack-internal-load-balancer=true", "service.beta.kubernetes.io/oci-load-balancer-internal=true", "service.beta.kubernetes.io/do-loadbalancer-network=internal", "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type=intranet", "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type=private", "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid"]}
#   remediation: Make the load balancer internal or list spec.loadBalancerSourceRanges.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-2"]
#     mitre-attack: ["T1133", "T1190"]
#     soc2-2017: ["CC6.6"]
package lintel.network.service_loadbalancer

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.type", msg) if {
	input.spec.type == "LoadBalancer"
	not guarded
	not resource.namespace in parameters.allowedNamespaces
	msg := sprintf("Service %q of type LoadBalancer is neither internal nor limited to source ranges", [resource.name])
}

guarded if {
	not parameters.requireSourceRanges
	cluster_local
}

guarded if {
	count(input.spec.loadBalancerSourceRanges) > 0
	not "0.0.0.0/0" in input.spec.loadBalancerSourceRanges
	not "::/0" in input.spec.loadBalancerSourceRanges
}

cluster_local if {
	some entry in parameters.internalAnnotations
	[key, wanted] := split(entry, "=")
	lower(resource.annotations[key]) == wanted
}

cluster_local if {
	some entry in parameters.internalAnnotations
	not contains(entry, "=")
	resource.annotations[entry]
}

parameters := data.parameters["LT-NET-005"]
