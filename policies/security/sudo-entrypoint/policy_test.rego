package lintel.security.sudo_entrypoint_test

import data.lintel.lib.fixture
import data.lintel.security.sudo_entrypoint as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"command": ["sudo", "server"]})
	messages == {`container "app" calls sudo (command[0])`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"command": ["server", "--sudoers"]}, {"command": ["sudo", "server"]})
	messages == {`container "setup" calls sudo (command[0])`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"command": ["server", "--sudoers"]}, {"command": ["sudo", "server"]})
	messages == {`container "debug" calls sudo (command[0])`}
}

test_reports_in_a_script if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "command": ["sh"], "args": ["-c", "cd / && sudo -u x run"]}]})
	messages == {`container "app" calls sudo (args[1])`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"command": ["server", "--sudoers"]})
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"command": ["server", "--sudoers"]}, {"command": ["server", "--sudoers"]})
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"command": ["server", "--sudoers"]}, {"command": ["server", "--sudoers"]})
}
