package lintel.reliability.hpa_range_test

import data.lintel.reliability.hpa_range as policy

test_reports_equal if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "minReplicas": 3, "maxReplicas": 3}}
	messages == {`HorizontalPodAutoscaler "app" cannot scale: maxReplicas 3, minReplicas 3`}
}

test_reports_default if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "maxReplicas": 1}}
	messages == {`HorizontalPodAutoscaler "app" cannot scale: maxReplicas 1, minReplicas 1`}
}

test_accepts_room if {
	count(policy.deny) == 0 with input as {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "minReplicas": 3, "maxReplicas": 6}}
}

test_accepts_default if {
	count(policy.deny) == 0 with input as {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "maxReplicas": 2}}
}
