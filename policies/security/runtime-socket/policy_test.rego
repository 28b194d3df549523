package lintel.security.runtime_socket_test

import data.lintel.lib.fixture
import data.lintel.security.runtime_socket as policy

parameters := {"LT-POD-020": {"sockets": ["/run/docker.sock", "/run/containerd/containerd.sock", "/run/k3s/containerd/containerd.sock", "/run/crio/crio.sock", "/run/cri-dockerd.sock", "/run/dockershim.sock"]}}

test_reports_docker if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/var/run/docker.sock"}}], "containers": [{"name": "app"}]}) with data.parameters as parameters
	messages == {`volume "data" mounts "/var/run/docker.sock" of the node, which reaches the container runtime (/var/run/docker.sock)`}
}

test_reports_a_parent if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/run/containerd"}}], "containers": [{"name": "app"}]}) with data.parameters as parameters
	messages == {`volume "data" mounts "/run/containerd" of the node, which reaches the container runtime (/run/containerd/containerd.sock)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"volumes": [{"name": "data", "hostPath": {"path": "/run/crio/crio.sock"}}], "initContainers": [{"name": "setup"}]}) with data.parameters as parameters
	messages == {`volume "data" mounts "/run/crio/crio.sock" of the node, which reaches the container runtime (/run/crio/crio.sock)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/run/docker.sock"}}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as parameters
	messages == {`volume "data" mounts "/run/docker.sock" of the node, which reaches the container runtime (/run/docker.sock)`}
}

test_accepts_another_socket if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/run/app.sock"}}], "containers": [{"name": "app"}]}) with data.parameters as parameters
}

test_accepts_no_host_path if {
	count(policy.deny) == 0 with input as fixture.pod({"initContainers": [{"name": "setup"}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as parameters
}

test_accepts_other_list if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "data", "hostPath": {"path": "/run/docker.sock"}}], "containers": [{"name": "app"}]}) with data.parameters as {"LT-POD-020": {"sockets": ["/srv/runtime.sock"]}}
}
