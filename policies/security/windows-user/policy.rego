# METADATA
# scope: package
# title: Windows container runs as administrator
# description: ContainerUser has few rights; ContainerAdministrator may change everything in the container and mounted volumes.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-runasusername/
# custom:
#   id: LT-POD-049
#   slug: windows-user
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod, windows]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Set windowsOptions.runAsUserName to ContainerUser.
#   fix: {op: add, path: securityContext/windowsOptions/runAsUserName, value: ContainerUser, unsafe: true}
#   effort: low
#   compliance: {}
package lintel.security.windows_user

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(holder, "securityContext.windowsOptions.runAsUserName", msg) if {
	resource.is_windows
	some c in resource.containers
	user := user_of(c)
	lower(user) != "containeruser"
	not service_account_credentials(c)
	holder := holder_of(c)
	msg := sprintf("%s runs as %s (windowsOptions.runAsUserName)", [resource.describe(c), user])
}

user_of(c) := c.securityContext.windowsOptions.runAsUserName if {
	is_string(c.securityContext.windowsOptions.runAsUserName)
} else := resource.pod_spec.securityContext.windowsOptions.runAsUserName if {
	is_string(resource.pod_spec.securityContext.windowsOptions.runAsUserName)
} else := "the user of the image"

holder_of(c) := resource.pod_spec if {
	not is_own(c)
	is_string(resource.pod_spec.securityContext.windowsOptions.runAsUserName)
} else := c

is_own(c) if is_string(c.securityContext.windowsOptions.runAsUserName)

service_account_credentials(c) if is_string(c.securityContext.windowsOptions.gmsaCredentialSpecName)
