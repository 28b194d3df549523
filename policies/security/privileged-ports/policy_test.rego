package lintel.security.privileged_ports_test

import data.lintel.lib.fixture
import data.lintel.security.privileged_ports as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"ports": [{"containerPort": 443}]})
	messages == {`container "app" listens on port 443, below 1024 (containerPort)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"ports": [{"containerPort": 8443}]}, {"ports": [{"containerPort": 443}]})
	messages == {`container "setup" listens on port 443, below 1024 (containerPort)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"ports": [{"containerPort": 8443}]}, {"ports": [{"containerPort": 443}]})
	messages == {`container "debug" listens on port 443, below 1024 (containerPort)`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"ports": [{"containerPort": 8443}]})
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"ports": [{"containerPort": 8443}]}, {"ports": [{"containerPort": 8443}]})
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"ports": [{"containerPort": 8443}]}, {"ports": [{"containerPort": 8443}]})
}
