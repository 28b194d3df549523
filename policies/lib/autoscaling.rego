# Autoscalers of workloads: HorizontalPodAutoscaler and the ScaledObject of KEDA.
package lintel.lib.autoscaling

import data.lintel.lib.autoscalers
import data.lintel.lib.resource

# scalers are those that scale the reviewed object.
scalers := scalers_of(resource.namespace, input.kind, resource.name)

# scalers_of lists those that scale a workload of a namespace.
scalers_of(namespace, kind, name) := [scaler |
	some scaler in autoscalers.targets[namespace][kind][name]
	scaler.kind in {"HorizontalPodAutoscaler", "ScaledObject"}
]

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
	counts := [least_replicas(scaler) | some scaler in scalers_of(namespace, workload.kind, workload.metadata.name)]
	count(counts) > 0
} else := workload.spec.replicas if {
	is_number(workload.spec.replicas)
} else := 1
