package lintel.security.host_port_test

import data.lintel.lib.fixture
import data.lintel.security.host_port as policy

parameters := {"LT-POD-016": {"allowedRange": {"min": 0, "max": 0}}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"ports": [{"containerPort": 80, "hostPort": 8080}]}) with data.parameters as parameters
	messages == {`container "app" takes port 8080 of its node (hostPort)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"ports": [{"containerPort": 80}]}, {"ports": [{"containerPort": 80, "hostPort": 8080}]}) with data.parameters as parameters
	messages == {`container "setup" takes port 8080 of its node (hostPort)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"ports": [{"containerPort": 80}]}, {"ports": [{"containerPort": 80, "hostPort": 8080}]}) with data.parameters as parameters
	messages == {`container "debug" takes port 8080 of its node (hostPort)`}
}

test_reports_host_network if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"hostNetwork": true, "containers": [{"name": "app", "ports": [{"containerPort": 8080}, {"containerPort": 9090, "hostPort": 0}, {"containerPort": 53, "hostPort": 53}]}]}) with data.parameters as parameters
	messages == {
		`container "app" takes port 53 of its node (hostPort)`,
		`container "app" takes port 8080 of its node: with hostNetwork every containerPort is a host port`,
		`container "app" takes port 9090 of its node: with hostNetwork every containerPort is a host port`,
	}
}

test_reports_outside_the_range if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"ports": [{"hostPort": 81}]}) with data.parameters as {"LT-POD-016": {"allowedRange": {"min": 8000, "max": 8100}}}
	messages == {`container "app" takes port 81 of its node (hostPort)`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"ports": [{"containerPort": 80}]}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"ports": [{"containerPort": 80}]}, {"ports": [{"containerPort": 80}]}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"ports": [{"containerPort": 80}]}, {"ports": [{"containerPort": 80}]}) with data.parameters as parameters
}

test_accepts_zero if {
	count(policy.deny) == 0 with input as fixture.pod_with({"ports": [{"containerPort": 80, "hostPort": 0}]}) with data.parameters as parameters
}

test_accepts_host_ip_alone if {
	count(policy.deny) == 0 with input as fixture.pod_with({"ports": [{"containerPort": 80, "hostIP": "127.0.0.1"}]}) with data.parameters as parameters
}

test_accepts_inside_the_range if {
	count(policy.deny) == 0 with input as fixture.pod_with({"ports": [{"hostPort": 8080}]}) with data.parameters as {"LT-POD-016": {"allowedRange": {"min": 8000, "max": 8100}}}
}
