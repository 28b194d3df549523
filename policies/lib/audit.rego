# Audit events of the API server (audit.k8s.io/v1): who did what to which object, and whether it was done.
package lintel.lib.audit

# done holds when the request was carried out. The stage RequestReceived says nothing yet; long-running requests such as
# exec have their answer at ResponseStarted. A dry run changes nothing.
done if {
	answered
	input.responseStatus.code < 400
	not dry_run
}

# dry_run holds for changes that the server only tried out. It looks at the parameter in no other request: whoever reads or
# connects gets what they asked for with it too.
dry_run if {
	changes
	some value in query.dryRun
	value != ""
}

dry_run if {
	changes
	input.requestObject.kind == "DeleteOptions"
	count(input.requestObject.dryRun) > 0
}

changes if {
	input.verb in {"create", "update", "patch", "delete", "deletecollection"}
	not object.get(input.objectRef, "subresource", "") in {"exec", "attach", "portforward", "proxy"}
}

# refused holds when authorization refused the request.
refused if {
	answered
	input.responseStatus.code == 403
}

answered if input.stage in {"ResponseStarted", "ResponseComplete", "Panic"}

# name is the user who authenticated; impersonated is whom they acted as.
name := input.user.username

impersonated := input.impersonatedUser.username

# who is the actor for messages.
who := sprintf("%s as %s", [name, impersonated]) if {
	impersonated
} else := name

# human holds for users who are neither service accounts nor components of the cluster.
human if {
	not startswith(name, "system:")
} else if name == "system:admin"

# anonymous holds for requests nobody authenticated for.
anonymous if {
	name == "system:anonymous"
} else if "system:unauthenticated" in input.user.groups

# component holds for the control plane and nodes, which are no service accounts.
component if {
	startswith(name, "system:")
	not startswith(name, "system:serviceaccount:")
	not name in {"system:admin", "system:anonymous"}
}

# resource is the API resource with its subresource: pods/exec.
resource := sprintf("%s/%s", [input.objectRef.resource, input.objectRef.subresource]) if {
	input.objectRef.subresource
} else := input.objectRef.resource

group := object.get(input.objectRef, "apiGroup", "")

# target is the object for messages: secrets shop/tls.
target := sprintf("%s %s", [resource, full_name]) if {
	full_name != ""
} else := resource

full_name := concat("/", [part | some key in ["namespace", "name"]; part := input.objectRef[key]])

# query holds the parameters of the request's URI, each with its values.
query := urlquery.decode_object(split(input.requestURI, "?")[1]) if {
	contains(input.requestURI, "?")
} else := {}

path := split(input.requestURI, "?")[0]

# listed holds when a list names the text; a trailing * matches any ending.
listed(text, list) if text in list

listed(text, list) if {
	some pattern in list
	endswith(pattern, "*")
	startswith(text, trim_suffix(pattern, "*"))
}
