package admission

request := input.request

deny contains msg if {
	request.operation in {"CREATE", "UPDATE"}
	request.kind.kind == "Pod"
	request.object.spec.hostNetwork == true
	not "system:masters" in request.userInfo.groups
	msg := sprintf("%s may not run pods on the host's network", [request.userInfo.username])
}

deny contains msg if {
	request.operation == "DELETE"
	request.oldObject.metadata.labels.protected == "true"
	msg := sprintf("%s %s is protected", [request.kind.kind, request.name])
}
