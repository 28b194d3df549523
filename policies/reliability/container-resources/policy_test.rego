package lintel.reliability.container_resources_test

import data.lintel.lib.fixture
import data.lintel.reliability.container_resources as policy

defaults := {
	"LT-RES-001": {"includeInit": false, "min": "", "max": ""}, "LT-RES-003": {"includeInit": false, "min": "", "max": ""},
	"LT-RES-004": {"includeInit": false, "max": "", "requireEqualRequest": false},
}

messages(object) := {found.msg | some found in policy.deny with input as object with data.parameters as defaults}

test_reports_what_is_missing_in_one_finding if {
	messages(fixture.pod({"containers": [{"name": "a"}]})) == {"container \"a\" has no CPU request, no memory request, no memory limit"}
	messages(fixture.deployment({"initContainers": [{"name": "a", "restartPolicy": "Always", "resources": {"requests": {"cpu": "1", "memory": "1Gi"}}}]})) == {"container \"a\" has no memory limit"}
}

test_reports_quantities_outside_the_parameters if {
	object := fixture.pod({"containers": [{"name": "a", "resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "8Gi"}}}]})
	{found.msg | some found in policy.deny with input as object with data.parameters as object.union(defaults, {"LT-RES-004": {"max": "4Gi"}})} == {"container \"a\" has a memory limit of 8Gi, above 4Gi"}
}

test_leaves_out_skipped_policies if {
	count(policy.deny) == 0 with input as fixture.pod({"containers": [{"name": "a", "resources": {"requests": {"cpu": "1", "memory": "1Gi"}}}]}) with data.parameters as defaults with data.settings as {"skipped": ["LT-RES-004"]}
}

test_allows_complete_and_ephemeral_containers if {
	messages(fixture.pod({"containers": [{"name": "a", "resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "1Gi"}}}], "ephemeralContainers": [{"name": "debug"}]})) == set()
	messages(fixture.pod({"initContainers": [{"name": "once"}]})) == set()
}
