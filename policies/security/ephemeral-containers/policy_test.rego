package lintel.security.ephemeral_containers_test

import data.lintel.lib.fixture
import data.lintel.security.ephemeral_containers as policy

test_reports_a_pod if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({}, {})
	messages == {`ephemeral container "debug" is part of the manifest`}
}

test_reports_a_template if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]})
	messages == {`ephemeral container "debug" is part of the manifest`}
}

test_accepts_none if {
	count(policy.deny) == 0 with input as fixture.pod_with({})
}

test_accepts_an_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({}, {})
}

test_accepts_empty if {
	count(policy.deny) == 0 with input as fixture.pod({"ephemeralContainers": []})
}
