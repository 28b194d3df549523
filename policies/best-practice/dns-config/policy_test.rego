package lintel.best_practice.dns_config_test

import data.lintel.best_practice.dns_config as policy
import data.lintel.lib.fixture

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]})
	messages == {`Pod "app" sets no ndots option (dnsConfig.options)`}
}

test_reports_other_options if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"dnsConfig": {"options": [{"name": "timeout"}]}})
	messages == {`Deployment "app" sets no ndots option (dnsConfig.options)`}
}

test_accepts_ndots if {
	count(policy.deny) == 0 with input as fixture.cron_job({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}], "dnsConfig": {"options": [{"name": "ndots", "value": "2"}]}})
}

test_accepts_policy_default if {
	count(policy.deny) == 0 with input as fixture.pod({"dnsPolicy": "Default"})
}
