# What several Pod Security Standards controls share. Versions follow Pod Security admission.
package lintel.lib.pss

import data.lintel.lib.resource
import data.lintel.lib.settings

# windows_exempt holds for Pods that declare Windows, which have no Linux-only fields.
windows_exempt if {
	resource.is_windows
	settings.pod_security >= 1025
}

# user_namespace_relaxed holds for Pods whose root user is not root on the node.
user_namespace_relaxed if {
	resource.own_user_namespace
	settings.pod_security >= 1035
}

baseline_capabilities := {
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
	"NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

confined_seccomp := {"RuntimeDefault", "Localhost"}

# seccomp_annotations are the annotations that chose the profile before it was a field; before
# version 1.19 the control read them for the Pod and for containers that exist.
seccomp_annotations := {"seccomp.security.alpha.kubernetes.io/pod"} | {key |
	some c in resource.containers
	key := sprintf("container.seccomp.security.alpha.kubernetes.io/%v", [c.name])
}

# forbidden_seccomp_annotations maps the keys of those annotations to values outside the allowed ones.
forbidden_seccomp_annotations := {key: value |
	some key in seccomp_annotations
	value := resource.pod_annotations[key]
	not allowed_seccomp_annotation(value)
}

allowed_seccomp_annotation("runtime/default")

allowed_seccomp_annotation("docker/default")

allowed_seccomp_annotation(value) if startswith(value, "localhost/")
