package lintel.reliability.min_replicas_test

import data.lintel.lib.fixture
import data.lintel.reliability.min_replicas as policy

parameters := {"LT-REL-003": {"minReplicas": 2, "kinds": ["Deployment"]}}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters
	messages == {`Deployment "app" runs 1 of at least 2 replicas (spec.replicas)`}
}

test_reports_one if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 1, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters
	messages == {`Deployment "app" runs 1 of at least 2 replicas (spec.replicas)`}
}

test_reports_a_stateful_set if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as {"LT-REL-003": {"minReplicas": 3, "kinds": ["StatefulSet"]}}
	messages == {`StatefulSet "app" runs 2 of at least 3 replicas (spec.replicas)`}
}

test_reports_scaler_of_another if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 1, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "other", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "other"}, "minReplicas": 3, "maxReplicas": 10}}])
	messages == {`Deployment "app" runs 1 of at least 2 replicas (spec.replicas)`}
}

test_accepts_two if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters
}

test_accepts_scaled if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 1, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "minReplicas": 3, "maxReplicas": 10}}])
}

test_accepts_a_stateful_set if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 1, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters
}
