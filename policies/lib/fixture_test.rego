# Test objects: one Pod spec as a bare Pod and inside every workload kind.
package lintel.lib.fixture

meta := {"name": "app", "namespace": "shop", "labels": {"app": "app"}}

pod(spec) := {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": spec}

# pod_with is a Pod of one container "app" with the given fields.
pod_with(container) := pod({"containers": [object.union({"name": "app", "image": "registry.example/app:1.4.2"}, container)]})

# pod_with_init adds an init container "setup" to a harmless container.
pod_with_init(harmless, container) := pod({
	"initContainers": [object.union({"name": "setup", "image": "registry.example/setup:1.4.2"}, container)],
	"containers": [object.union({"name": "app", "image": "registry.example/app:1.4.2"}, harmless)],
})

# pod_with_ephemeral adds an ephemeral container "debug" to a harmless container.
pod_with_ephemeral(harmless, container) := pod({
	"containers": [object.union({"name": "app", "image": "registry.example/app:1.4.2"}, harmless)],
	"ephemeralContainers": [object.union({"name": "debug", "image": "registry.example/debug:1.4.2"}, container)],
})

template(spec) := {"metadata": {"labels": {"app": "app"}}, "spec": spec}

workload(api_version, kind, spec) := {"apiVersion": api_version, "kind": kind, "metadata": meta, "spec": spec}

deployment(spec) := workload("apps/v1", "Deployment", {"replicas": 2, "selector": {"matchLabels": {"app": "app"}}, "template": template(spec)})

cron_job(spec) := workload("batch/v1", "CronJob", {"schedule": "0 4 * * *", "jobTemplate": {"spec": {"template": template(spec)}}})

# every_kind holds the same Pod spec inside each kind that carries one.
every_kind(spec) := [
	pod(spec),
	deployment(spec),
	cron_job(spec),
	workload("apps/v1", "StatefulSet", {"template": template(spec)}),
	workload("apps/v1", "DaemonSet", {"template": template(spec)}),
	workload("apps/v1", "ReplicaSet", {"template": template(spec)}),
	workload("v1", "ReplicationController", {"template": template(spec)}),
	workload("batch/v1", "Job", {"template": template(spec)}),
	{"apiVersion": "v1", "kind": "PodTemplate", "metadata": meta, "template": template(spec)},
]

# inventory arranges namespaced objects the way the engine offers them to bundle policies.
inventory(items) := {"namespace": {namespace: kinds_of(members) |
	some namespace in {namespace_of(item) | some item in items}
	members := [item | some item in items; namespace_of(item) == namespace]
}}

namespace_of(item) := object.get(item, ["metadata", "namespace"], "default")

kinds_of(items) := {api_version: by_kind |
	some api_version in {item.apiVersion | some item in items}
	by_kind := {kind: by_name |
		some kind in {item.kind | some item in items; item.apiVersion == api_version}
		by_name := {item.metadata.name: item |
			some item in items
			item.apiVersion == api_version
			item.kind == kind
		}
	}
}
