package lintel.reliability.namespace_quota_test

import data.lintel.lib.fixture
import data.lintel.reliability.namespace_quota as policy

parameters := {"LT-RES-009": {"exemptNamespaces": ["default", "kube-system", "kube-public", "kube-node-lease"]}}

test_reports_none if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {}}} with data.parameters as parameters
	messages == {`Namespace "shop" has no ResourceQuota`}
}

test_reports_of_another_namespace if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {}}} with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "q", "namespace": "other"}, "spec": {}}])
	messages == {`Namespace "shop" has no ResourceQuota`}
}

test_accepts_own if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {}}} with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "q", "namespace": "shop"}, "spec": {}}])
}

test_accepts_exempt if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kube-system", "labels": {}}} with data.parameters as parameters
}
