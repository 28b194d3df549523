package lintel.audit.interactive_exec_test

import data.lintel.audit.interactive_exec as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-001": {"allowedUsers": ["ops-*"]}}

test_reports_exec if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "create", fixture.pod_part("exec"), {"stage": "ResponseStarted", "requestURI": "/x?command=sh&command=-i&container=app&stdin=true&tty=true"}) with data.parameters as parameters
	messages == {`alice opened an interactive session in pods/exec shop/web-0 (container app, command "sh -i")`}
}

test_reports_exec_without_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "get", fixture.pod_part("exec"), {"requestURI": "/x?command=sh&tty=1"}) with data.parameters as parameters
	messages == {`alice opened an interactive session in pods/exec shop/web-0 (command "sh")`}
}

test_reports_attach if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "create", fixture.pod_part("attach"), {"requestURI": "/x?stdin=true"}) with data.parameters as parameters
	messages == {`alice opened an interactive session in pods/attach shop/web-0`}
}

test_accepts_single_command if {
	count(policy.deny) == 0 with input as fixture.event("alice", "create", fixture.pod_part("exec"), {"requestURI": "/x?command=date&stdout=true"}) with data.parameters as parameters
}

test_accepts_refusal if {
	count(policy.deny) == 0 with input as fixture.event("alice", "create", fixture.pod_part("exec"), {"requestURI": "/x?tty=true", "responseStatus": {"code": 403}}) with data.parameters as parameters
}

test_accepts_service_account if {
	count(policy.deny) == 0 with input as fixture.event("system:serviceaccount:ci:runner", "create", fixture.pod_part("exec"), {"requestURI": "/x?tty=true"}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "create", fixture.pod_part("exec"), {"requestURI": "/x?tty=true"}) with data.parameters as parameters
}
