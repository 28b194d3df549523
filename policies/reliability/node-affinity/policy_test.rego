package lintel.reliability.node_affinity_test

import data.lintel.lib.fixture
import data.lintel.reliability.node_affinity as policy

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]})
	messages == {`Pod "app" says nothing about the nodes it needs (affinity.nodeAffinity)`}
}

test_reports_empty if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"affinity": {}, "nodeSelector": {}})
	messages == {`Deployment "app" says nothing about the nodes it needs (affinity.nodeAffinity)`}
}

test_accepts_affinity if {
	count(policy.deny) == 0 with input as fixture.pod({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}], "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {}}}})
}

test_accepts_selector if {
	count(policy.deny) == 0 with input as fixture.deployment({"nodeSelector": {"kubernetes.io/arch": "amd64"}})
}
