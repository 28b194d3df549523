package lintel.security.exec_probe_commands_test

import data.lintel.lib.fixture
import data.lintel.security.exec_probe_commands as policy

parameters := {"LT-POD-044": {"forbiddenCommands": ["curl", "wget", "nc", "ncat", "telnet", "ssh"]}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"livenessProbe": {"exec": {"command": ["sh", "-c", "curl -s localhost"]}}}) with data.parameters as parameters
	messages == {`container "app" runs "curl" in its livenessProbe`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"livenessProbe": {"exec": {"command": ["/bin/healthy", "--curly"]}}}, {"livenessProbe": {"exec": {"command": ["sh", "-c", "curl -s localhost"]}}}) with data.parameters as parameters
	messages == {`container "setup" runs "curl" in its livenessProbe`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"livenessProbe": {"exec": {"command": ["/bin/healthy", "--curly"]}}}, {"livenessProbe": {"exec": {"command": ["sh", "-c", "curl -s localhost"]}}}) with data.parameters as parameters
	messages == {`container "debug" runs "curl" in its livenessProbe`}
}

test_reports_by_path if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "readinessProbe": {"exec": {"command": ["/usr/bin/wget", "x"]}}}]}) with data.parameters as parameters
	messages == {`container "app" runs "wget" in its readinessProbe`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"livenessProbe": {"exec": {"command": ["/bin/healthy", "--curly"]}}}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"livenessProbe": {"exec": {"command": ["/bin/healthy", "--curly"]}}}, {"livenessProbe": {"exec": {"command": ["/bin/healthy", "--curly"]}}}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"livenessProbe": {"exec": {"command": ["/bin/healthy", "--curly"]}}}, {"livenessProbe": {"exec": {"command": ["/bin/healthy", "--curly"]}}}) with data.parameters as parameters
}

test_accepts_other_list if {
	count(policy.deny) == 0 with input as fixture.pod_with({"livenessProbe": {"exec": {"command": ["curl"]}}}) with data.parameters as {"LT-POD-044": {"forbiddenCommands": ["jcmd"]}}
}
