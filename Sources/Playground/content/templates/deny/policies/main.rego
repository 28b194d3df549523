# METADATA
# title: Containers may not run privileged
# custom:
#   severity: critical
#   remediation: Remove securityContext.privileged.
package main

deny contains msg if {
	some container in input.spec.template.spec.containers
	container.securityContext.privileged == true
	msg := sprintf("container %q runs privileged", [container.name])
}
