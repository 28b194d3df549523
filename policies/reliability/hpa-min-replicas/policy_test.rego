package lintel.reliability.hpa_min_replicas_test

import data.lintel.reliability.hpa_min_replicas as policy

parameters := {"LT-REL-008": {"minReplicas": 2}}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "maxReplicas": 10}} with data.parameters as parameters
	messages == {`HorizontalPodAutoscaler "app" keeps only 1 of at least 2 replicas (spec.minReplicas)`}
}

test_reports_one if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "minReplicas": 1, "maxReplicas": 10}} with data.parameters as parameters
	messages == {`HorizontalPodAutoscaler "app" keeps only 1 of at least 2 replicas (spec.minReplicas)`}
}

test_reports_two_of_three if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "minReplicas": 2, "maxReplicas": 10}} with data.parameters as {"LT-REL-008": {"minReplicas": 3}}
	messages == {`HorizontalPodAutoscaler "app" keeps only 2 of at least 3 replicas (spec.minReplicas)`}
}

test_accepts_two if {
	count(policy.deny) == 0 with input as {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "minReplicas": 2, "maxReplicas": 10}} with data.parameters as parameters
}

test_accepts_five if {
	count(policy.deny) == 0 with input as {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "app"}, "minReplicas": 5, "maxReplicas": 10}} with data.parameters as parameters
}

test_null_is_the_default if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app"}, "spec": {"minReplicas": null}} with data.parameters as parameters
	messages == {`HorizontalPodAutoscaler "app" keeps only 1 of at least 2 replicas (spec.minReplicas)`}
}
