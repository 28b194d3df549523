package lintel.reliability.pdb_dangling_test

import data.lintel.lib.fixture
import data.lintel.reliability.pdb_dangling as policy

test_reports_nothing if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "maxUnavailable": 1}} with data.inventory as fixture.inventory([{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "app"}]}}}}])
	messages == {`PodDisruptionBudget "app" selects no Pod of namespace "shop"`}
}

test_reports_empty if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {}, "maxUnavailable": 1}}
	messages == {`PodDisruptionBudget "app" has an empty selector and covers every Pod of namespace "shop"`}
}

test_accepts_a_deployment if {
	count(policy.deny) == 0 with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "maxUnavailable": 1}} with data.inventory as fixture.inventory([{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}}])
}

test_accepts_a_pod if {
	count(policy.deny) == 0 with input as {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "maxUnavailable": 1}} with data.inventory as fixture.inventory([fixture.pod({})])
}
