package lintel.reliability.pdb_blocks_eviction_test

import data.lintel.lib.fixture
import data.lintel.reliability.pdb_blocks_eviction as policy

test_reports_zero if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "maxUnavailable": 0}}
	messages == {`PodDisruptionBudget "app" never allows an eviction (maxUnavailable: 0)`}
}

test_reports_zero_percent if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "maxUnavailable": "0%"}}
	messages == {`PodDisruptionBudget "app" never allows an eviction (maxUnavailable: 0%)`}
}

test_reports_hundred_percent if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "minAvailable": "100%"}}
	messages == {`PodDisruptionBudget "app" never allows an eviction (minAvailable: 100%)`}
}

test_reports_hundred_percent_of_a_workload if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "minAvailable": "100%"}} with data.inventory as fixture.inventory([{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}}])
	messages == {`PodDisruptionBudget "app" never allows an eviction (minAvailable: 100%)`}
}

test_reports_as_many_as_replicas if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "minAvailable": 2}} with data.inventory as fixture.inventory([{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}}, {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "minAvailable": 2}}])
	messages == {`PodDisruptionBudget "app" keeps 2 of 2 replicas available and so never allows an eviction`}
}

test_reports_percent_rounded_up if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "minAvailable": "67%"}} with data.inventory as fixture.inventory([{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}}])
	messages == {`PodDisruptionBudget "app" keeps 67% of 2 replicas available and so never allows an eviction`}
}

test_reports_least_of_the_scaler if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "minAvailable": 2}} with data.inventory as fixture.inventory([{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 5, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}}, {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "minReplicas": 2, "maxReplicas": 10}}])
	messages == {`PodDisruptionBudget "app" keeps 2 of 2 replicas available and so never allows an eviction`}
}

test_reports_unset_replicas if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "minAvailable": 1}} with data.inventory as fixture.inventory([{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}}])
	messages == {`PodDisruptionBudget "app" keeps 1 of 1 replicas available and so never allows an eviction`}
}

two_budgets := [
	{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}},
	{"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "all", "namespace": "shop"}, "spec": {"selector": {}, "maxUnavailable": 1}},
	{"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "maxUnavailable": 1}},
]

test_reports_two_budgets if {
	messages := {f.msg | some f in policy.deny} with input as two_budgets[2] with data.inventory as fixture.inventory(two_budgets)
	messages == {`PodDisruptionBudgets "app" and "all" cover the same Pods (Deployment "app"), so these cannot be evicted`}
}

test_accepts_one if {
	count(policy.deny) == 0 with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "maxUnavailable": 1}}
}

test_accepts_no_workload if {
	count(policy.deny) == 0 with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "minAvailable": 2}}
}

test_accepts_room if {
	count(policy.deny) == 0 with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "minAvailable": "50%"}} with data.inventory as fixture.inventory([{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}}])
}

test_accepts_two_workloads if {
	count(policy.deny) == 0 with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "minAvailable": 2}} with data.inventory as fixture.inventory([{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}}, {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "canary", "namespace": "shop"}, "spec": {"replicas": 1, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}}])
}

test_accepts_percent_of_unavailable if {
	count(policy.deny) == 0 with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "maxUnavailable": "1%"}} with data.inventory as fixture.inventory([{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}}])
}
