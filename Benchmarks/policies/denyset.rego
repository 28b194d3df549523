# Twenty deny rules over one Pod, as a cluster's rule set has them. Most pass; the last container fails some.
package bench

pod := input.request.object

container contains c if some c in pod.spec.containers

deny contains sprintf("%s is privileged", [c.name]) if { some c in container; c.securityContext.privileged }

deny contains sprintf("%s may escalate", [c.name]) if { some c in container; c.securityContext.allowPrivilegeEscalation != false }

deny contains sprintf("%s may run as root", [c.name]) if { some c in container; not c.securityContext.runAsNonRoot }

deny contains sprintf("%s runs as user 0", [c.name]) if { some c in container; c.securityContext.runAsUser == 0 }

deny contains sprintf("%s can write its root", [c.name]) if { some c in container; not c.securityContext.readOnlyRootFilesystem }

deny contains sprintf("%s keeps capabilities", [c.name]) if { some c in container; not "ALL" in c.securityContext.capabilities.drop }

deny contains sprintf("%s adds %s", [c.name, cap]) if {
	some c in container
	some cap in c.securityContext.capabilities.add
	cap != "NET_BIND_SERVICE"
}

deny contains sprintf("%s has no memory limit", [c.name]) if { some c in container; not c.resources.limits.memory }

deny contains sprintf("%s has no CPU request", [c.name]) if { some c in container; not c.resources.requests.cpu }

deny contains sprintf("%s uses latest", [c.name]) if { some c in container; endswith(c.image, ":latest") }

deny contains sprintf("%s has no tag", [c.name]) if { some c in container; not contains(c.image, ":") }

deny contains sprintf("%s comes from elsewhere", [c.name]) if { some c in container; not startswith(c.image, "registry.example.com/") }

deny contains sprintf("%s has no liveness probe", [c.name]) if { some c in container; not c.livenessProbe }

deny contains sprintf("%s has no readiness probe", [c.name]) if { some c in container; not c.readinessProbe }

deny contains sprintf("%s opens host port %d", [c.name, port.hostPort]) if {
	some c in container
	some port in c.ports
	port.hostPort
}

deny contains "the host network is shared" if pod.spec.hostNetwork

deny contains "the host's processes are visible" if pod.spec.hostPID

deny contains "the token is mounted" if not pod.spec.automountServiceAccountToken == false

deny contains sprintf("volume %s is a host path", [v.name]) if { some v in pod.spec.volumes; v.hostPath }

deny contains sprintf("label %s is missing", [label]) if {
	some label in ["app.kubernetes.io/name", "app.kubernetes.io/version"]
	not pod.metadata.labels[label]
}
