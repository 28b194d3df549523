package lintel.security.interactive_tty_test

import data.lintel.lib.fixture
import data.lintel.security.interactive_tty as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"tty": true})
	messages == {`container "app" asks for tty`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"tty": false, "stdin": false}, {"tty": true})
	messages == {`container "setup" asks for tty`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"tty": false, "stdin": false}, {"tty": true})
	messages == {`container "debug" asks for tty`}
}

test_reports_both if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"containers": [{"name": "app", "stdin": true, "tty": true}]})
	messages == {
		`container "app" asks for stdin`,
		`container "app" asks for tty`,
	}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"tty": false, "stdin": false})
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"tty": false, "stdin": false}, {"tty": false, "stdin": false})
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"tty": false, "stdin": false}, {"tty": false, "stdin": false})
}
