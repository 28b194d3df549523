package lintel.audit.anonymous_request_test

import data.lintel.audit.anonymous_request as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-003": {"allowedPaths": ["/livez*"]}}

test_reports_anonymous if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("system:anonymous", "list", fixture.pod, {"requestURI": "/api/v1/pods?limit=5"}) with data.parameters as parameters
	messages == {`anonymous list of /api/v1/pods from 192.0.2.7 was answered with 200`}
}

test_accepts_health if {
	count(policy.deny) == 0 with input as fixture.event("system:anonymous", "get", fixture.pod, {"requestURI": "/livez?verbose"}) with data.parameters as parameters
}

test_accepts_refusal if {
	count(policy.deny) == 0 with input as fixture.event("system:anonymous", "list", fixture.pod, {"responseStatus": {"code": 403}}) with data.parameters as parameters
}

test_accepts_user if {
	count(policy.deny) == 0 with input as fixture.event("alice", "list", fixture.pod, {}) with data.parameters as parameters
}
