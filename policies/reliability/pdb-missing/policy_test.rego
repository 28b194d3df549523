package lintel.reliability.pdb_missing_test

import data.lintel.lib.fixture
import data.lintel.reliability.pdb_missing as policy

parameters := {"LT-REL-006": {"minReplicas": 2}}

test_reports_none if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters
	messages == {`no PodDisruptionBudget of namespace "shop" covers the Pods of Deployment "app"`}
}

test_reports_other_labels if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "db"}}, "maxUnavailable": 1}}])
	messages == {`no PodDisruptionBudget of namespace "shop" covers the Pods of Deployment "app"`}
}

test_reports_empty_selector_of_the_old_version if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "policy/v1beta1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {}, "maxUnavailable": 1}}])
	messages == {`no PodDisruptionBudget of namespace "shop" covers the Pods of StatefulSet "app"`}
}

test_reports_scaled if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "minReplicas": 2, "maxReplicas": 10}}])
	messages == {`no PodDisruptionBudget of namespace "shop" covers the Pods of Deployment "app"`}
}

test_accepts_covered if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "app"}}, "maxUnavailable": 1}}])
}

test_accepts_empty_selector if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {}, "maxUnavailable": 1}}])
}

test_accepts_one_replica if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 1, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters
}

test_accepts_scaled_to_zero_by_keda if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject", "metadata": {"name": "s", "namespace": "shop"}, "spec": {"scaleTargetRef": {"name": "app"}}}])
}
