package lintel.security.host_path_volume_test

import data.lintel.security.host_path_volume as policy

test_reports_a_directory if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "data"}, "spec": {"hostPath": {"path": "/data"}}}
	messages == {`PersistentVolume "data" is the directory "/data" of a node (spec.hostPath)`}
}

test_reports_no_path if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "data"}, "spec": {"hostPath": {}}}
	messages == {`PersistentVolume "data" is the directory "" of a node (spec.hostPath)`}
}

test_accepts_csi if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "data"}, "spec": {"csi": {"driver": "x"}}}
}

test_accepts_null if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "data"}, "spec": {"hostPath": null}}
}
