# Autoscalers of the input by what they scale.
package lintel.lib.autoscalers

import data.lintel.lib.inventory

# targets holds the autoscalers by namespace, kind and name of their target.
targets[namespace][kind][ref.name] contains scaler if {
	some namespace, _ in data.inventory.namespace
	some source in sources
	some scaler in inventory.namespaced(namespace, source.group, source.kind)
	ref := scaler.spec[source.field]
	kind := kind_of(ref)
}

# kind_of is the kind a reference means; KEDA leaves out that of a Deployment.
kind_of(ref) := ref.kind if {
	ref.kind != null
} else := "Deployment"

sources := [
	{"group": "autoscaling", "kind": "HorizontalPodAutoscaler", "field": "scaleTargetRef"},
	{"group": "keda.sh", "kind": "ScaledObject", "field": "scaleTargetRef"},
	{"group": "autoscaling.k8s.io", "kind": "VerticalPodAutoscaler", "field": "targetRef"},
]
