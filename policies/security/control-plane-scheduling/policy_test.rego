package lintel.security.control_plane_scheduling_test

import data.lintel.lib.fixture
import data.lintel.security.control_plane_scheduling as policy

test_reports_a_toleration if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"tolerations": [{"key": "node-role.kubernetes.io/control-plane", "operator": "Exists"}]})
	messages == {"the Pod tolerates node-role.kubernetes.io/control-plane and may run on control-plane nodes (tolerations)"}
}

test_reports_every_taint if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}], "tolerations": [{"operator": "Exists"}]})
	messages == {"the Pod tolerates every taint and may run on control-plane nodes (tolerations)"}
}

test_reports_a_selector if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"nodeSelector": {"node-role.kubernetes.io/master": ""}})
	messages == {"the Pod asks for control-plane nodes (nodeSelector node-role.kubernetes.io/master)"}
}

test_reports_affinity if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "node-role.kubernetes.io/control-plane", "operator": "Exists"}]}]}}}})
	messages == {"the Pod asks for control-plane nodes (nodeAffinity node-role.kubernetes.io/control-plane)"}
}

test_accepts_another_taint if {
	count(policy.deny) == 0 with input as fixture.pod({"tolerations": [{"key": "gpu", "operator": "Exists"}, {"operator": "Exists", "effect": "NoExecute"}], "nodeSelector": {"disk": "ssd"}})
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.deployment({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]})
}
