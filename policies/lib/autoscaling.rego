# Autoscalers of workloads: HorizontalPodAutoscaler and the ScaledObject of KEDA.
package lintel.lib.autoscaling

import data.lintel.lib.autoscalers
import data.lintel.lib.inventory
import data.lintel.lib.resource

# scalers_in lists the autoscalers of a namespace.
scalers_in(namespace) := array.concat(
	inventory.namespaced(namespace, "autoscaling", "HorizontalPodAutoscaler"),
	inventory.namespaced(namespace, "keda.sh", "ScaledObject"),
)

# scalers are those that scale the reviewed object.
scalers := [scaler |
	some scaler in scalers_in(resource.namespace)
	scales(scaler, input.kind, resource.name)
]

# scales holds when an autoscaler names a workload; a ScaledObject means a Deployment when it names no kind.
scales(scaler, kind, name) if {
	scaler.spec.scaleTargetRef.name == name
	autoscalers.kind_of(scaler.spec.scaleTargetRef) == kind
}

# least_replicas is the number an autoscaler never goes below.
least_replicas(scaler) := object.get(scaler.spec, "minReplicaCount", 0) if {
	scaler.kind == "ScaledObject"
} else := object.get(scaler.spec, "minReplicas", 1)

# lasting_replicas is what a workload keeps at least: its own number, or that of its autoscalers.
lasting_replicas := min([least_replicas(scaler) | some scaler in scalers]) if {
	count(scalers) > 0
} else := resource.replicas

# replicas_of is the same for another workload of the input.
replicas_of(workload, namespace) := min(counts) if {
	counts := [least_replicas(scaler) |
		some scaler in scalers_in(namespace)
		scales(scaler, workload.kind, workload.metadata.name)
	]
	count(counts) > 0
} else := workload.spec.replicas if {
	is_number(workload.spec.replicas)
} else := 1
