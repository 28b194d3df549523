package lintel.security.host_aliases_test

import data.lintel.lib.fixture
import data.lintel.security.host_aliases as policy

test_reports_a_pod if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"hostAliases": [{"ip": "10.0.0.1", "hostnames": ["db"]}]})
	messages == {"the Pod writes 1 hostAliases into its hosts file"}
}

test_reports_a_template if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}], "hostAliases": [{"ip": "10.0.0.1"}]})
	messages == {"the Pod writes 1 hostAliases into its hosts file"}
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod({})
}

test_accepts_empty if {
	count(policy.deny) == 0 with input as fixture.deployment({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}], "hostAliases": []})
}
