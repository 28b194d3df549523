# Audit events for tests.
package lintel.lib.audit_fixture

base := {
	"apiVersion": "audit.k8s.io/v1", "kind": "Event", "level": "RequestResponse", "auditID": "4f1c", "stage": "ResponseComplete",
	"requestURI": "/api/v1/x", "verb": "get", "user": {"username": "alice", "groups": ["dev", "system:authenticated"]},
	"sourceIPs": ["192.0.2.7"], "responseStatus": {"code": 200},
}

# event is what a user did to an object, with more members replaced.
event(user, verb, object_reference, more) := object.union(base, object.union(
	{"verb": verb, "user": {"username": user}, "objectRef": object_reference},
	more,
))

pod := {"resource": "pods", "namespace": "shop", "name": "web-0", "apiVersion": "v1"}

pod_part(subresource) := object.union(pod, {"subresource": subresource})
