package lintel.security.cloud_metadata_test

import data.lintel.lib.fixture
import data.lintel.security.cloud_metadata as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"env": [{"name": "META", "value": "http://169.254.169.254/latest"}]})
	messages == {`container "app" names the cloud metadata service in the variable META`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"env": [{"name": "META", "value": "http://metadata.shop"}]}, {"env": [{"name": "META", "value": "http://169.254.169.254/latest"}]})
	messages == {`container "setup" names the cloud metadata service in the variable META`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"env": [{"name": "META", "value": "http://metadata.shop"}]}, {"env": [{"name": "META", "value": "http://169.254.169.254/latest"}]})
	messages == {`container "debug" names the cloud metadata service in the variable META`}
}

test_reports_a_script if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"containers": [{"name": "app", "command": ["sh", "-c", "curl metadata.google.internal"]}]})
	messages == {`container "app" names the cloud metadata service in its command`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"env": [{"name": "META", "value": "http://metadata.shop"}]})
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"env": [{"name": "META", "value": "http://metadata.shop"}]}, {"env": [{"name": "META", "value": "http://metadata.shop"}]})
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"env": [{"name": "META", "value": "http://metadata.shop"}]}, {"env": [{"name": "META", "value": "http://metadata.shop"}]})
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod_with({"args": ["--x"]})
}
