package lintel.lib.netpol_test

import data.lintel.lib.index
import data.lintel.lib.netpol
import data.lintel.lib.references
import data.lintel.lib.secrets

in_namespace(api_version, kind, spec) := {
	"cluster": {},
	"namespace": {"shop": {api_version: {kind: {"p": {"metadata": {"name": "p"}, "spec": spec}}}}},
}

in_cluster(api_version, kind, spec) := {
	"cluster": {api_version: {kind: {"p": {"metadata": {"name": "p"}, "spec": spec}}}},
	"namespace": {},
}

covered(inventory, direction) if {
	netpol.covered_elsewhere("shop", {"app": "web"}, direction) with data.inventory as inventory
}

test_clusterwide_cilium_policy_covers if {
	policy := in_cluster("cilium.io/v2", "CiliumClusterwideNetworkPolicy", {"endpointSelector": {"matchLabels": {"app": "web"}}, "ingress": []})
	covered(policy, "Ingress")
	not covered(policy, "Egress")
}

test_cilium_policy_of_several_specs_covers if {
	policy := {"cluster": {}, "namespace": {"shop": {"cilium.io/v2": {"CiliumNetworkPolicy": {"p": {"specs": [{"endpointSelector": {}, "egress": []}]}}}}}}
	covered(policy, "Egress")
}

test_calico_policy_covers_its_types if {
	policy := in_namespace("projectcalico.org/v3", "NetworkPolicy", {"types": ["Egress"]})
	covered(policy, "Egress")
	not covered(policy, "Ingress")
}

test_calico_policy_covers_by_its_rules if {
	covered(in_namespace("crd.projectcalico.org/v1", "NetworkPolicy", {"ingress": [{"action": "Allow"}]}), "Ingress")
}

test_admin_policy_covers_namespaces if {
	policy := in_cluster("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy", {
		"subject": {"namespaces": {"matchLabels": {"kubernetes.io/metadata.name": "shop"}}},
		"ingress": [{"action": "Deny"}],
	})
	covered(policy, "Ingress")
	not covered(policy, "Egress")
}

test_admin_policy_covers_pods if {
	policy := in_cluster("policy.networking.k8s.io/v1alpha1", "BaselineAdminNetworkPolicy", {
		"subject": {"pods": {"namespaceSelector": {}, "podSelector": {"matchLabels": {"app": "web"}}}},
		"egress": [{"action": "Deny"}],
	})
	covered(policy, "Egress")
}

test_namespace_labels_of_the_input_count if {
	netpol.namespace_labels("shop") == {"team": "a", "kubernetes.io/metadata.name": "shop"} with data.inventory as {
		"cluster": {"v1": {"Namespace": {"shop": {"metadata": {"name": "shop", "labels": {"team": "a"}}}}}},
		"namespace": {},
	}
}

test_missing_pod_selector_is_the_empty_one if {
	index.pod_selector({"spec": {}}) == {}
}

test_template_without_labels_is_found_by_the_empty_selector if {
	inventory := in_namespace("v1", "Pod", {"containers": []})
	pod := object.union(inventory.namespace.shop.v1.Pod.p, {"kind": "Pod"})
	count(index.selected("pods", "shop", {})) == 1 with data.inventory as {"cluster": {}, "namespace": {"shop": {"v1": {"Pod": {"p": pod}}}}}
}

test_csi_volume_needs_its_secret if {
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"volumes": [{"name": "v", "csi": {"nodePublishSecretRef": {"name": "s"}}}]}}
	[place.name | some place in references.all] == ["s"] with input as pod
}

test_cloud_secret_paths_are_references if {
	secrets.template("projects/shop/secrets/db/versions/1")
	not secrets.template("projects/shop")
}
