package lintel.security.volume_types_test

import data.lintel.lib.fixture
import data.lintel.security.volume_types as policy

parameters := {"LT-POD-029": {"allowedVolumes": ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"]}}

test_reports_a_pod if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "nfs": {"server": "nfs.example", "path": "/"}}], "containers": [{"name": "app"}]}) with data.parameters as parameters
	messages == {`volume "data" is of type nfs`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"volumes": [{"name": "data", "hostPath": {"path": "/x"}}], "initContainers": [{"name": "setup"}]}) with data.parameters as parameters
	messages == {`volume "data" is of type hostPath`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "gitRepo": {"repository": "https://git.example/x"}}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as parameters
	messages == {`volume "data" is of type gitRepo`}
}

test_reports_unknown if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "future": {}}], "containers": [{"name": "app"}]}) with data.parameters as parameters
	messages == {`volume "data" is of type future`}
}

test_reports_a_shorter_list if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "secret": {"secretName": "x"}}], "containers": [{"name": "app"}]}) with data.parameters as {"LT-POD-029": {"allowedVolumes": ["emptyDir"]}}
	messages == {`volume "data" is of type secret`}
}

test_accepts_all_safe_ones if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "a", "configMap": {}}, {"name": "b", "csi": {}}, {"name": "c", "downwardAPI": {}}, {"name": "d", "emptyDir": {}}, {"name": "e", "ephemeral": {}}, {"name": "f", "image": {}}, {"name": "g", "persistentVolumeClaim": {}}, {"name": "h", "projected": {}}, {"name": "i", "secret": {}}]}) with data.parameters as parameters
}

test_accepts_no_source if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "data"}], "containers": [{"name": "app"}]}) with data.parameters as parameters
}

test_accepts_null_source if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "data", "hostPath": null}], "containers": [{"name": "app"}]}) with data.parameters as parameters
}

test_accepts_init_and_ephemeral_containers if {
	count(policy.deny) == 0 with input as fixture.pod({"initContainers": [{"name": "setup"}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as parameters
}
