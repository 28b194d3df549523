# The shortest useful check: a message for each privileged container.
package bench

deny contains msg if {
	some container in input.request.object.spec.containers
	container.securityContext.privileged
	msg := sprintf("container %s runs privileged", [container.name])
}
