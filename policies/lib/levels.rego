# The Pod Security Standards levels as the sum of their controls, for policies that judge a
# Pod by the level its namespace enforces. The controls are those of the profiles of the same name.
package lintel.lib.levels

import data.lintel.security.apparmor
import data.lintel.security.capabilities_baseline
import data.lintel.security.capabilities_restricted
import data.lintel.security.host_ipc
import data.lintel.security.host_network
import data.lintel.security.host_path
import data.lintel.security.host_pid
import data.lintel.security.host_port
import data.lintel.security.privilege_escalation
import data.lintel.security.privileged_container
import data.lintel.security.probe_host_field
import data.lintel.security.proc_mount
import data.lintel.security.proc_mount_restricted
import data.lintel.security.run_as_non_root_restricted
import data.lintel.security.run_as_uid_zero
import data.lintel.security.seccomp_required
import data.lintel.security.seccomp_unconfined
import data.lintel.security.selinux
import data.lintel.security.sysctls
import data.lintel.security.volume_types
import data.lintel.security.windows_host_process

# shared are the controls that both levels have.
shared := (((host_pid.deny | host_ipc.deny) | (host_network.deny | host_port.deny)) | (privileged_container.deny | windows_host_process.deny)) | ((apparmor.deny | selinux.deny) | (sysctls.deny | probe_host_field.deny))

baseline := (shared | host_path.deny) | ((capabilities_baseline.deny | seccomp_unconfined.deny) | proc_mount.deny)

restricted := ((shared | volume_types.deny) | (capabilities_restricted.deny | seccomp_required.deny)) | ((proc_mount_restricted.deny | privilege_escalation.deny) | (run_as_non_root_restricted.deny | run_as_uid_zero.deny))

# parameters are what the standards themselves say, whatever a configuration makes of the policies.
parameters := {
	"LT-POD-024": {"allowedProfiles": ["RuntimeDefault", "Localhost"], "localhostProfiles": []},
	"LT-POD-026": {"allowedProfiles": ["RuntimeDefault", "Localhost"]},
	"LT-POD-029": {"allowedVolumes": [
		"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image",
		"persistentVolumeClaim", "projected", "secret",
	]},
}
