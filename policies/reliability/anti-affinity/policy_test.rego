package lintel.reliability.anti_affinity_test

import data.lintel.lib.fixture
import data.lintel.reliability.anti_affinity as policy

parameters := {"LT-REL-004": {"minReplicas": 2, "topologyKeys": ["kubernetes.io/hostname"]}}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {}}}} with data.parameters as parameters
	messages == {`nothing keeps the 2 replicas of Deployment "app" on different nodes (affinity.podAntiAffinity)`}
}

test_reports_other_key if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 100, "podAffinityTerm": {"topologyKey": "zone", "labelSelector": {"matchLabels": {"app": "app"}}}}]}}}}}} with data.parameters as parameters
	messages == {`nothing keeps the 2 replicas of Deployment "app" on different nodes (affinity.podAntiAffinity)`}
}

test_reports_other_labels if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"app": "db"}}}]}}}}}} with data.parameters as parameters
	messages == {`nothing keeps the 3 replicas of StatefulSet "app" on different nodes (affinity.podAntiAffinity)`}
}

test_reports_scaled if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 1, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {}}}} with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"}, "minReplicas": 3, "maxReplicas": 10}}])
	messages == {`nothing keeps the 3 replicas of Deployment "app" on different nodes (affinity.podAntiAffinity)`}
}

test_accepts_preferred if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 100, "podAffinityTerm": {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"app": "app"}}}}]}}}}}} with data.parameters as parameters
}

test_accepts_required if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"app": "app"}}}]}}}}}} with data.parameters as parameters
}

test_accepts_constraint if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "kubernetes.io/hostname", "whenUnsatisfiable": "ScheduleAnyway", "labelSelector": {"matchLabels": {"app": "app"}}}]}}}} with data.parameters as parameters
}

test_accepts_one_replica if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 1, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {}}}} with data.parameters as parameters
}

test_accepts_another_key if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 100, "podAffinityTerm": {"topologyKey": "zone", "labelSelector": {"matchLabels": {"app": "app"}}}}]}}}}}} with data.parameters as {"LT-REL-004": {"minReplicas": 2, "topologyKeys": ["zone"]}}
}
