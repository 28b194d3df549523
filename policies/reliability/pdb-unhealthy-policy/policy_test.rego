package lintel.reliability.pdb_unhealthy_policy_test

import data.lintel.reliability.pdb_unhealthy_policy as policy

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "maxUnavailable": 1}} with data.settings as settings
	messages == {`PodDisruptionBudget "app" does not set unhealthyPodEvictionPolicy to AlwaysAllow`}
}

test_reports_if_healthy if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "unhealthyPodEvictionPolicy": "IfHealthyBudget"}} with data.settings as settings
	messages == {`PodDisruptionBudget "app" does not set unhealthyPodEvictionPolicy to AlwaysAllow`}
}

test_accepts_always if {
	count(policy.deny) == 0 with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "unhealthyPodEvictionPolicy": "AlwaysAllow"}} with data.settings as settings
}

test_accepts_version_1_26 if {
	count(policy.deny) == 0 with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}}} with data.settings as {"kubernetes_version": "1.26"}
}
