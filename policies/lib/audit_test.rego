package lintel.lib.audit_test

import data.lintel.lib.audit
import data.lintel.lib.audit_fixture as fixture

with_user(name) := fixture.event(name, "get", fixture.pod, {})

test_done_needs_an_answer if {
	audit.done with input as with_user("alice")
	audit.done with input as fixture.event("alice", "get", fixture.pod, {"stage": "ResponseStarted", "responseStatus": {"code": 101}})
	not audit.done with input as fixture.event("alice", "get", fixture.pod, {"stage": "RequestReceived"})
	not audit.done with input as fixture.event("alice", "get", fixture.pod, {"responseStatus": {"code": 404}})
}

test_refused if {
	audit.refused with input as fixture.event("alice", "get", fixture.pod, {"responseStatus": {"code": 403}})
	not audit.refused with input as with_user("alice")
}

test_humans if {
	every name in ["alice", "kubernetes-admin", "system:admin"] {
		audit.human with input as with_user(name)
	}
	every name in ["system:anonymous", "system:serviceaccount:shop:web", "system:node:n1", "system:kube-scheduler"] {
		not audit.human with input as with_user(name)
	}
}

test_components if {
	audit.component with input as with_user("system:node:n1")
	not audit.component with input as with_user("system:serviceaccount:shop:web")
	not audit.component with input as with_user("system:admin")
	not audit.component with input as with_user("alice")
}

test_anonymous if {
	audit.anonymous with input as with_user("system:anonymous")
	audit.anonymous with input as fixture.event("x", "get", fixture.pod, {"user": {"username": "x", "groups": ["system:unauthenticated"]}})
	not audit.anonymous with input as with_user("alice")
}

test_who if {
	audit.who == "alice" with input as with_user("alice")
	audit.who == "alice as root" with input as fixture.event("alice", "get", fixture.pod, {"impersonatedUser": {"username": "root"}})
}

test_target if {
	audit.target == "pods shop/web-0" with input as with_user("alice")
	audit.target == "pods/exec shop/web-0" with input as fixture.event("alice", "create", fixture.pod_part("exec"), {})
	audit.target == "secrets" with input as fixture.event("alice", "list", {"resource": "secrets"}, {})
	audit.group == "" with input as with_user("alice")
	audit.group == "apps" with input as fixture.event("alice", "get", {"resource": "deployments", "apiGroup": "apps"}, {})
}

test_query if {
	audit.query == {"command": ["sh", "-c"], "tty": ["true"]} with input as {"requestURI": "/x?command=sh&command=-c&tty=true"}
	audit.query == {} with input as {"requestURI": "/x"}
	audit.path == "/x" with input as {"requestURI": "/x?a=b"}
}

test_listed if {
	audit.listed("alice", ["alice"])
	audit.listed("ci-1", ["ci-*"])
	not audit.listed("alice", ["bob", "ci-*"])
}

test_dry_run_by_parameter if {
	audit.dry_run with input as fixture.event("alice", "create", fixture.pod, {"requestURI": "/api/v1/namespaces/shop/pods?dryRun=All"})
}

test_no_dry_run_without_a_value if {
	not audit.dry_run with input as fixture.event("alice", "create", fixture.pod, {"requestURI": "/api/v1/namespaces/shop/pods?dryRun="})
}

test_dry_run_of_a_deletion if {
	audit.dry_run with input as fixture.event("alice", "delete", fixture.pod, {"requestObject": {"kind": "DeleteOptions", "dryRun": ["All"]}})
}
