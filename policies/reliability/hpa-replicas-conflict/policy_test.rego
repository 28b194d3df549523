package lintel.reliability.hpa_replicas_conflict_test

import data.lintel.lib.fixture
import data.lintel.reliability.hpa_replicas_conflict as policy

test_reports_a_deployment if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.inventory as fixture.inventory([{"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "minReplicas": 2, "maxReplicas": 10}}])
	messages == {`Deployment "app" fixes 3 replicas although HorizontalPodAutoscaler "app" scales it`}
}

test_reports_a_stateful_set if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.inventory as fixture.inventory([{"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "app"}, "minReplicas": 2, "maxReplicas": 10}}])
	messages == {`StatefulSet "app" fixes 3 replicas although HorizontalPodAutoscaler "app" scales it`}
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.inventory as fixture.inventory([{"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "minReplicas": 2, "maxReplicas": 10}}])
}

test_accepts_another if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.inventory as fixture.inventory([{"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "other", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "other"}, "minReplicas": 2, "maxReplicas": 10}}])
}
