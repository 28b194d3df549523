package lintel.security.sensitive_host_path_test

import data.lintel.lib.fixture
import data.lintel.security.sensitive_host_path as policy

parameters := {"LT-POD-018": {"paths": ["/boot", "/dev", "/etc", "/etc/kubernetes", "/home", "/lib", "/proc", "/root", "/sys", "/usr", "/var/lib/containerd", "/var/lib/docker", "/var/lib/etcd", "/var/lib/kubelet", "/var/log", "/var/run"], "readOnlyAllowed": false}}

test_reports_a_file_below if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/etc/kubernetes/admin.conf"}}], "containers": [{"name": "app"}]}) with data.parameters as parameters
	messages == {`volume "data" mounts the sensitive path "/etc/kubernetes/admin.conf" of the node`}
}

test_reports_the_root if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/"}}], "containers": [{"name": "app"}]}) with data.parameters as parameters
	messages == {`volume "data" mounts the sensitive path "/" of the node`}
}

test_reports_an_unclean_path if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "//etc/./"}}], "containers": [{"name": "app"}]}) with data.parameters as parameters
	messages == {`volume "data" mounts the sensitive path "//etc/./" of the node`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"volumes": [{"name": "data", "hostPath": {"path": "/proc"}}], "initContainers": [{"name": "setup", "volumeMounts": [{"name": "data", "mountPath": "/d"}]}]}) with data.parameters as parameters
	messages == {`volume "data" mounts the sensitive path "/proc" of the node`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/sys"}}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as parameters
	messages == {`volume "data" mounts the sensitive path "/sys" of the node`}
}

test_reports_written if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/etc"}}], "containers": [{"name": "app", "volumeMounts": [{"name": "data", "mountPath": "/d"}]}]}) with data.parameters as {"LT-POD-018": {"paths": ["/boot", "/dev", "/etc", "/etc/kubernetes", "/home", "/lib", "/proc", "/root", "/sys", "/usr", "/var/lib/containerd", "/var/lib/docker", "/var/lib/etcd", "/var/lib/kubelet", "/var/log", "/var/run"], "readOnlyAllowed": true}}
	messages == {`volume "data" mounts the sensitive path "/etc" of the node`}
}

test_accepts_another_directory if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/etcetera"}}], "containers": [{"name": "app"}]}) with data.parameters as parameters
}

test_accepts_no_host_path if {
	count(policy.deny) == 0 with input as fixture.pod({"initContainers": [{"name": "setup"}], "ephemeralContainers": [{"name": "debug"}], "volumes": [{"name": "a", "emptyDir": {}}]}) with data.parameters as parameters
}

test_accepts_read_only if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/etc"}}], "containers": [{"name": "app", "volumeMounts": [{"name": "data", "mountPath": "/d", "readOnly": true}]}]}) with data.parameters as {"LT-POD-018": {"paths": ["/boot", "/dev", "/etc", "/etc/kubernetes", "/home", "/lib", "/proc", "/root", "/sys", "/usr", "/var/lib/containerd", "/var/lib/docker", "/var/lib/etcd", "/var/lib/kubelet", "/var/log", "/var/run"], "readOnlyAllowed": true}}
}

test_accepts_other_list if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/etc"}}], "containers": [{"name": "app"}]}) with data.parameters as {"LT-POD-018": {"paths": ["/srv"], "readOnlyAllowed": false}}
}
