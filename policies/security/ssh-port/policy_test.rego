package lintel.security.ssh_port_test

import data.lintel.lib.fixture
import data.lintel.security.ssh_port as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"ports": [{"containerPort": 22, "protocol": "TCP"}]})
	messages == {`container "app" exposes the SSH port 22 (containerPort)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"ports": [{"containerPort": 2222}]}, {"ports": [{"containerPort": 22, "protocol": "TCP"}]})
	messages == {`container "setup" exposes the SSH port 22 (containerPort)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"ports": [{"containerPort": 2222}]}, {"ports": [{"containerPort": 22, "protocol": "TCP"}]})
	messages == {`container "debug" exposes the SSH port 22 (containerPort)`}
}

test_reports_a_service if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": {"ports": [{"port": 22}]}}
	messages == {`Service "s" exposes the SSH port 22`}
}

test_reports_a_target_port if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": {"ports": [{"port": 2222, "targetPort": 22}]}}
	messages == {`Service "s" exposes the SSH port 22`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"ports": [{"containerPort": 2222}]})
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"ports": [{"containerPort": 2222}]}, {"ports": [{"containerPort": 2222}]})
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"ports": [{"containerPort": 2222}]}, {"ports": [{"containerPort": 2222}]})
}

test_accepts_udp if {
	count(policy.deny) == 0 with input as fixture.pod_with({"ports": [{"containerPort": 22, "protocol": "UDP"}]})
}

test_accepts_another_service if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": {"ports": [{"port": 80}]}}
}
