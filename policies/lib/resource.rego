# The reviewed object and, for every workload kind, its Pod template. Malformed parts are
# undefined or left out, so that a policy never has to check types before reading a field.
package lintel.lib.resource

# --- the object -------------------------------------------------------------------------

group := split(input.apiVersion, "/")[0] if {
	contains(input.apiVersion, "/")
} else := ""

version := split(input.apiVersion, "/")[1] if {
	contains(input.apiVersion, "/")
} else := input.apiVersion

kind := input.kind

# name is the given one, or the beginning of the one the API server makes followed by "*".
name := input.metadata.name if {
	is_string(input.metadata.name)
} else := sprintf("%s*", [input.metadata.generateName]) if {
	is_string(input.metadata.generateName)
} else := ""

# namespace is the effective one: objects without a namespace are created in "default".
namespace := input.metadata.namespace if {
	is_string(input.metadata.namespace)
	input.metadata.namespace != ""
} else := "default"

labels := input.metadata.labels if {
	is_object(input.metadata.labels)
} else := {}

annotations := input.metadata.annotations if {
	is_object(input.metadata.annotations)
} else := {}

# --- the Pod template -------------------------------------------------------------------

is_pod if {
	input.kind == "Pod"
	group == ""
	version == "v1"
}

is_workload if is_object(pod_spec)

# template is the object that holds the Pod's `metadata` and `spec`. Objects of kinds that are not
# Kubernetes' own are reviewed once for each of their Pod templates, which is `lintelPodTemplate` then.
template := input if {
	is_pod
} else := input.spec.jobTemplate.spec.template if {
	input.kind == "CronJob"
	group == "batch"
} else := input.template if {
	input.kind == "PodTemplate"
	group == ""
} else := input.spec.template if {
	groups_with_template[input.kind][group]
} else := input.lintelPodTemplate if {
	not groups_with_template[input.kind][group]
}

groups_with_template := {
	"Deployment": {"apps", "extensions"},
	"StatefulSet": {"apps"},
	"DaemonSet": {"apps", "extensions"},
	"ReplicaSet": {"apps", "extensions"},
	"ReplicationController": {""},
	"Job": {"batch"},
}

pod_spec := template.spec if is_object(template.spec)

pod_metadata := template.metadata if is_object(template.metadata)

pod_labels := pod_metadata.labels if {
	is_object(pod_metadata.labels)
} else := {}

# pod_annotations are those of the template, which the Pods inherit; not the controller's own.
pod_annotations := pod_metadata.annotations if {
	is_object(pod_metadata.annotations)
} else := {}

# service_account is the one the Pod runs as; the old field counts when the new one is empty.
service_account := pod_spec.serviceAccountName if {
	pod_spec.serviceAccountName != ""
	is_string(pod_spec.serviceAccountName)
} else := pod_spec.serviceAccount if {
	pod_spec.serviceAccount != ""
	is_string(pod_spec.serviceAccount)
} else := "default"

# is_control_plane holds for the static Pods of the control plane as kubeadm makes them.
is_control_plane if {
	is_pod
	namespace == "kube-system"
	labels.tier == "control-plane"
	labels.component in {"etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"}
}

# is_hook holds for what Helm or Argo CD runs once: nothing is sent to it.
is_hook if annotations["helm.sh/hook"]

is_hook if annotations["argocd.argoproj.io/hook"]

is_windows if pod_spec.os.name == "windows"

# own_user_namespace holds for Pods that leave the user namespace of the host.
own_user_namespace if pod_spec.hostUsers == false

# --- containers -------------------------------------------------------------------------

init_containers := [c | some c in pod_spec.initContainers; is_object(c)]

regular_containers := [c | some c in pod_spec.containers; is_object(c)]

ephemeral_containers := [c | some c in pod_spec.ephemeralContainers; is_object(c)]

# containers are all of them: init, regular, ephemeral.
containers := array.concat(array.concat(init_containers, regular_containers), ephemeral_containers)

# sidecars are init containers that keep running beside the regular ones.
sidecars := [c | some c in init_containers; c.restartPolicy == "Always"]

# lasting_containers run as long as the Pod: regular containers and sidecars.
lasting_containers := array.concat(sidecars, regular_containers)

# containers_with_own_resources leaves out ephemeral containers, which cannot have resources.
containers_with_own_resources := array.concat(init_containers, regular_containers)

volumes := [v | some v in pod_spec.volumes; is_object(v)]

# describe names a container in a message.
describe(container) := sprintf("container %q", [container.name]) if {
	is_string(container.name)
} else := "container without a name"

# replicas is the number a Deployment, StatefulSet, ReplicaSet or ReplicationController asks for.
replicas := input.spec.replicas if {
	is_number(input.spec.replicas)
} else := 1

# security_setting is the effective value of a securityContext field: the container's, else the Pod's.
security_setting(container, field) := container.securityContext[field] if {
	container.securityContext[field] != null
} else := pod_spec.securityContext[field] if {
	pod_spec.securityContext[field] != null
}

# setting_holder is the object whose securityContext decides a field; the container when nobody sets it.
setting_holder(container, field) := container if {
	container.securityContext[field] != null
} else := pod_spec if {
	pod_spec.securityContext[field] != null
} else := container

# mounts lists the mounts of all containers as pairs of container and mount.
mounts := [{"container": c, "mount": mount} |
	some c in containers
	some mount in c.volumeMounts
]

# mounts_of lists the mounts of a volume.
mounts_of(volume) := [mounts[number] | some number in mount_numbers[volume.name]]

mount_numbers[pair.mount.name] contains number if some number, pair in mounts
