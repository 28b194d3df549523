# Chapters 5.2, 5.4.1, 5.7.2 and 5.7.3: what Pods and Pod templates ask for.
package lintel.cis.v1_8

import data.lintel.cis.settings
import data.lintel.cis.sources
import data.lintel.cis.table

# Where each kind keeps its Pod template, and the API group the kind belongs to.
templates := {
	"Pod": {"group": "", "at": []},
	"Deployment": {"group": "apps", "at": ["spec", "template"]},
	"StatefulSet": {"group": "apps", "at": ["spec", "template"]},
	"DaemonSet": {"group": "apps", "at": ["spec", "template"]},
	"ReplicaSet": {"group": "apps", "at": ["spec", "template"]},
	"ReplicationController": {"group": "", "at": ["spec", "template"]},
	"Job": {"group": "batch", "at": ["spec", "template"]},
	"CronJob": {"group": "batch", "at": ["spec", "jobTemplate", "spec", "template"]},
	"PodTemplate": {"group": "", "at": ["template"]},
}

# Pods of the namespaces under review. The static Pods of the control plane are chapter 1's business: the
# kubelet starts them from disk, past every admission rule.
pods contains {"spec": spec, "path": path, "title": title(document), "namespace": namespace_of(document.doc)} if {
	some kind, template in templates
	some document in sources.of_kind[kind]
	document.path[0] == "resources"
	sources.group(document.doc) in {template.group, "extensions"}
	not settings.exempt(namespace_of(document.doc))
	not control_plane(document)
	field := array.concat(template.at, ["spec"])
	spec := object.get(document.doc, field, null)
	is_object(spec)
	path := array.concat(document.path, field)
}

control_plane(document) if {
	some source in sources.all
	array.slice(source.path, 0, 2) == document.path
}

namespace_of(doc) := namespace if {
	namespace := object.get(doc, ["metadata", "namespace"], "")
	is_string(namespace)
	namespace != ""
} else := settings.all.namespace if {
	settings.all.namespace != ""
} else := "default"

containers[pod.path] contains {"spec": container, "path": array.concat(pod.path, [list, i]), "pod": pod} if {
	some pod in pods
	some list in ["initContainers", "containers", "ephemeralContainers"]
	some i, container in pod.spec[list]
}

all_containers contains container if {
	some path
	some container in containers[path]
}

# violations[test]: places that break a test and what stands there.
violations.privileged contains {"path": array.concat(container.path, ["securityContext", "privileged"]), "msg": sprintf("%s is privileged", [container_title(container)])} if {
	some container in all_containers
	container.spec.securityContext.privileged == true
}

host_fields := {"hostPID", "hostIPC", "hostNetwork"}

violations[field] contains {"path": array.concat(pod.path, [field]), "msg": sprintf("%s sets %s", [pod.title, field])} if {
	some pod in pods
	some field in host_fields
	pod.spec[field] == true
}

violations.allowPrivilegeEscalation contains {"path": container.path, "msg": sprintf("%s may gain privileges (allowPrivilegeEscalation is not false)", [container_title(container)])} if {
	some container in all_containers
	not windows(container.pod)
	object.get(container.spec, ["securityContext", "allowPrivilegeEscalation"], true) != false
}

violations.root contains {"path": container.path, "msg": sprintf("%s may run as root", [container_title(container)])} if {
	some container in all_containers
	not windows(container.pod)
	effective(container, "runAsNonRoot", false) != true
	user := effective(container, "runAsUser", 0)
	user in {0, null}
}

violations.root contains {"path": container.path, "msg": sprintf("%s runs as user 0", [container_title(container)])} if {
	some container in all_containers
	not windows(container.pod)
	effective(container, "runAsUser", 1) == 0
}

# effective(container, field, fallback): the container's word, else the Pod's.
effective(container, field, fallback) := value if {
	value := object.get(container.spec, ["securityContext", field], null)
	value != null
} else := value if {
	value := object.get(container.pod.spec, ["securityContext", field], null)
	value != null
} else := fallback

capabilities(container, list) := [name | some name in object.get(container.spec, ["securityContext", "capabilities", list], [])]

violations.netRaw contains {"path": container.path, "msg": sprintf("%s adds NET_RAW", [container_title(container)])} if {
	some container in all_containers
	some name in capabilities(container, "add")
	upper(name) in {"NET_RAW", "CAP_NET_RAW", "ALL"}
}

violations.netRaw contains {"path": container.path, "msg": sprintf("%s keeps NET_RAW", [container_title(container)])} if {
	some container in all_containers
	not windows(container.pod)
	dropped := {name | some name in capabilities(container, "drop")}
	count(dropped & {"ALL", "NET_RAW"}) == 0
}

violations.addedCapabilities contains {"path": array.concat(container.path, ["securityContext", "capabilities", "add", i]), "msg": sprintf("%s adds %s", [container_title(container), name])} if {
	some container in all_containers
	some i, name in capabilities(container, "add")
	not name in settings.all.allowedCapabilities
}

violations.keptCapabilities contains {"path": container.path, "msg": sprintf("%s does not drop all capabilities", [container_title(container)])} if {
	some container in all_containers
	not windows(container.pod)
	not "ALL" in capabilities(container, "drop")
}

violations.hostProcess contains {"path": array.concat(container.path, ["securityContext", "windowsOptions", "hostProcess"]), "msg": sprintf("%s is a HostProcess container", [container_title(container)])} if {
	some container in all_containers
	container.spec.securityContext.windowsOptions.hostProcess == true
}

violations.hostProcess contains {"path": array.concat(pod.path, ["securityContext", "windowsOptions", "hostProcess"]), "msg": sprintf("%s is a HostProcess Pod", [pod.title])} if {
	some pod in pods
	pod.spec.securityContext.windowsOptions.hostProcess == true
}

violations.hostPath contains {"path": array.concat(pod.path, ["volumes", i, "hostPath"]), "msg": sprintf("%s mounts %s of the host", [pod.title, object.get(volume, ["hostPath", "path"], "a path")])} if {
	some pod in pods
	some i, volume in pod.spec.volumes
	is_object(volume.hostPath)
}

violations.hostPath contains {"path": array.concat(document.path, ["spec", source]), "msg": sprintf("%s is a directory of a host", [title(document)])} if {
	some document in sources.of_kind.PersistentVolume
	some source in ["hostPath", "local"]
	is_object(document.doc.spec[source])
}

violations.hostPort contains {"path": array.concat(container.path, ["ports", i]), "msg": sprintf("%s takes port %v of the host", [container_title(container), port_of(container, port)])} if {
	some container in all_containers
	some i, port in container.spec.ports
	not port_of(container, port) in {0, null}
}

# The API server copies containerPort to hostPort for Pods on the host's network.
port_of(container, port) := port.hostPort if {
	not object.get(port, "hostPort", 0) in {0, null}
} else := object.get(port, "containerPort", 0) if {
	container.pod.spec.hostNetwork == true
} else := 0

violations.secretEnvironment contains {"path": array.concat(container.path, ["env", i]), "msg": sprintf("%s takes Secret %s as variable %s", [container_title(container), object.get(variable, ["valueFrom", "secretKeyRef", "name"], "?"), variable.name])} if {
	some container in all_containers
	some i, variable in container.spec.env
	is_object(variable.valueFrom.secretKeyRef)
}

violations.secretEnvironment contains {"path": array.concat(container.path, ["envFrom", i]), "msg": sprintf("%s takes Secret %s as environment", [container_title(container), object.get(origin, ["secretRef", "name"], "?")])} if {
	some container in all_containers
	some i, origin in container.spec.envFrom
	is_object(origin.secretRef)
}

violations.seccomp contains {"path": container.path, "msg": sprintf("%s has no seccomp profile", [container_title(container)])} if {
	some container in all_containers
	not windows(container.pod)
	profile := effective(container, "seccompProfile", {})
	not object.get(profile, "type", "") in settings.all.seccompTypes
}

violations.securityContext contains {"path": container.path, "msg": sprintf("%s has no security context", [container_title(container)])} if {
	some container in all_containers
	object.get(container.spec, "securityContext", {}) in [{}, null]
}

windows(pod) if pod.spec.os.name == "windows"

container_title(container) := sprintf("container %s of %s", [object.get(container.spec, "name", "?"), container.pod.title])

outcomes[row.id] contains outcome if {
	some row in table.workloads
	some violation in violations[row.test]
	outcome := {"verdict": "fail", "path": violation.path, "msg": violation.msg}
}

outcomes[row.id] contains outcome if {
	some row in table.workloads
	count(pods) > 0
	outcome := {"verdict": "pass", "path": [], "msg": sprintf("%d workloads examined", [count(pods)])}
}

# Without workloads the namespaces' Pod Security level tells what they will admit.
outcomes[row.id] contains outcome if {
	some row in table.workloads
	count(pods) == 0
	some document in namespaces
	level := pod_security_level(document.doc)
	outcome := {
		"verdict": verdict(level in stricter[row.level]),
		"path": sources.nearest(document, ["metadata", "labels", enforce_label]),
		"msg": sprintf("Namespace %s enforces Pod Security level %s", [document.doc.metadata.name, level]),
	}
}

stricter := {"baseline": {"baseline", "restricted"}, "restricted": {"restricted"}}
