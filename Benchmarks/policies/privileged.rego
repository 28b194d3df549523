# The check of Gatekeeper's privileged-containers policy on an AdmissionReview: containers of every kind are looked at.
package bench

violation contains {"msg": msg, "details": {}} if {
	some container in containers
	not exempt(container)
	container.securityContext.privileged
	msg := sprintf("container <%v> runs privileged: %v", [container.name, container.securityContext])
}

containers contains container if some container in input.request.object.spec.containers

containers contains container if some container in input.request.object.spec.initContainers

containers contains container if some container in input.request.object.spec.ephemeralContainers

exempt(container) if {
	some image in ["registry.example.com/system/cni:v1", "registry.example.com/system/csi:v1"]
	container.image == image
}
