package lintel.network.service_loadbalancer_test

import data.lintel.network.service_loadbalancer as policy

defaults := {
	"LT-NET-005": {
		"allowedNamespaces": [],
		"requireSourceRanges": false,
		"internalAnnotations": [
			"service.beta.kubernetes.io/aws-load-balancer-scheme=internal",
			"service.beta.kubernetes.io/aws-load-balancer-internal=true",
			"service.beta.kubernetes.io/azure-load-balancer-internal=true",
			"networking.gke.io/load-balancer-type=internal",
			"cloud.google.com/load-balancer-type=internal",
			"service.beta.kubernetes.io/openstack-internal-load-balancer=true",
			"service.beta.kubernetes.io/oci-load-balancer-internal=true",
			"service.beta.kubernetes.io/do-loadbalancer-network=internal",
			"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type=intranet",
			"service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type=private",
			"service.kubernetes.io/qcloud-loadbalancer-internal-subnetid",
		],
	},
}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_service_web if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "web"},
		"spec": {"type": "LoadBalancer", "ports": [{"port": 80}]},
	}) == {"Service \"web\" of type LoadBalancer is neither internal nor limited to source ranges"}
}

test_reports_service_api if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "api"},
		"spec": {"type": "LoadBalancer", "loadBalancerSourceRanges": ["0.0.0.0/0"], "ports": [{"port": 80}]},
	}) == {"Service \"api\" of type LoadBalancer is neither internal nor limited to source ranges"}
}

test_allows_service_internal if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "internal", "annotations": {"networking.gke.io/load-balancer-type": "Internal"}},
		"spec": {"type": "LoadBalancer", "ports": [{"port": 80}]},
	}) == set()
}

test_allows_service_office if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "office"},
		"spec": {"type": "LoadBalancer", "loadBalancerSourceRanges": ["203.0.113.0/24"], "ports": [{"port": 80}]},
	}) == set()
}

test_allows_service_subnet if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {
			"name": "subnet",
			"annotations": {"service.kubernetes.io/qcloud-loadbalancer-internal-subnetid": "subnet-1"},
		},
		"spec": {"type": "LoadBalancer", "ports": [{"port": 80}]},
	}) == set()
}

test_allows_service_plain if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "plain"},
		"spec": {"ports": [{"port": 80}]},
	}) == set()
}
