package lintel.reliability.pdb_empty_test

import data.lintel.reliability.pdb_empty as policy

test_reports_neither if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}}}
	messages == {`PodDisruptionBudget "app" sets neither of minAvailable and maxUnavailable`}
}

test_reports_both if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "minAvailable": 1, "maxUnavailable": 1}}
	messages == {`PodDisruptionBudget "app" sets both of minAvailable and maxUnavailable`}
}

test_accepts_one if {
	count(policy.deny) == 0 with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "minAvailable": 1}}
}

test_accepts_the_other if {
	count(policy.deny) == 0 with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "maxUnavailable": "0%", "minAvailable": null}}
}
