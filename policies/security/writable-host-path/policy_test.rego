package lintel.security.writable_host_path_test

import data.lintel.lib.fixture
import data.lintel.security.writable_host_path as policy

parameters := {"LT-POD-019": {"allowedPaths": []}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/data"}}], "containers": [{"name": "app", "volumeMounts": [{"name": "data", "mountPath": "/d"}]}]}) with data.parameters as parameters
	messages == {`container "app" can write to "/data" of the node at "/d"`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"volumes": [{"name": "data", "hostPath": {"path": "/data"}}], "initContainers": [{"name": "setup", "volumeMounts": [{"name": "data", "mountPath": "/d", "readOnly": false}]}]}) with data.parameters as parameters
	messages == {`container "setup" can write to "/data" of the node at "/d"`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/data"}}], "ephemeralContainers": [{"name": "debug", "volumeMounts": [{"name": "data", "mountPath": "/d"}]}]}) with data.parameters as parameters
	messages == {`container "debug" can write to "/data" of the node at "/d"`}
}

test_accepts_read_only if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/data"}}], "containers": [{"name": "app", "volumeMounts": [{"name": "data", "mountPath": "/d", "readOnly": true}]}]}) with data.parameters as parameters
}

test_accepts_init_and_ephemeral_containers if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/data"}}], "initContainers": [{"name": "setup", "volumeMounts": [{"name": "other", "mountPath": "/d"}]}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as parameters
}

test_accepts_an_allowed_path if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/data/a"}}], "containers": [{"name": "app", "volumeMounts": [{"name": "data", "mountPath": "/d"}]}]}) with data.parameters as {"LT-POD-019": {"allowedPaths": ["/data"]}}
}
