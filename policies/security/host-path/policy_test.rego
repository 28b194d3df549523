package lintel.security.host_path_test

import data.lintel.lib.fixture
import data.lintel.security.host_path as policy

parameters := {"LT-POD-017": {"allowedPaths": []}}

test_reports_a_pod if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/data"}}], "containers": [{"name": "app"}]}) with data.parameters as parameters
	messages == {`volume "data" mounts "/data" of the node (hostPath)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"volumes": [{"name": "data", "hostPath": {"path": "/var/lib/x"}}], "initContainers": [{"name": "setup", "volumeMounts": [{"name": "data", "mountPath": "/d", "readOnly": true}]}]}) with data.parameters as parameters
	messages == {`volume "data" mounts "/var/lib/x" of the node (hostPath)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/"}}], "ephemeralContainers": [{"name": "debug", "volumeMounts": [{"name": "data", "mountPath": "/d"}]}]}) with data.parameters as parameters
	messages == {`volume "data" mounts "/" of the node (hostPath)`}
}

test_reports_no_path if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {}}]}) with data.parameters as parameters
	messages == {`volume "data" mounts "" of the node (hostPath)`}
}

test_reports_prefix_of_a_name if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/data-old"}}], "containers": [{"name": "app"}]}) with data.parameters as {"LT-POD-017": {"allowedPaths": [{"pathPrefix": "/data"}]}}
	messages == {`volume "data" mounts "/data-old" of the node (hostPath)`}
}

test_reports_written if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/data/x"}}], "containers": [{"name": "app", "volumeMounts": [{"name": "data", "mountPath": "/d"}]}]}) with data.parameters as {"LT-POD-017": {"allowedPaths": [{"pathPrefix": "/data", "readOnly": true}]}}
	messages == {`volume "data" mounts "/data/x" of the node (hostPath)`}
}

test_accepts_other_volumes if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "a", "emptyDir": {}}, {"name": "b", "hostPath": null}]}) with data.parameters as parameters
}

test_accepts_init_and_ephemeral_containers if {
	count(policy.deny) == 0 with input as fixture.pod({"initContainers": [{"name": "setup"}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as parameters
}

test_accepts_an_allowed_path if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/data//x/"}}], "containers": [{"name": "app"}]}) with data.parameters as {"LT-POD-017": {"allowedPaths": [{"pathPrefix": "/data/"}]}}
}

test_accepts_a_read_only_mount if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/data/x"}}], "containers": [{"name": "app", "volumeMounts": [{"name": "data", "mountPath": "/d", "readOnly": true}]}]}) with data.parameters as {"LT-POD-017": {"allowedPaths": [{"pathPrefix": "/data", "readOnly": true}]}}
}
