package lintel.security.agent_sandbox_test

import data.lintel.security.agent_sandbox as policy

parameters := {"LT-POD-065": {"sharedKernelClasses": ["runc", "crun"]}}

test_reports_bare if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "agents.x-k8s.io/v1alpha1", "kind": "Sandbox", "metadata": {"name": "x"}, "spec": {"podTemplate": {"spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters
	messages == {
		`Sandbox "x" mounts the token of its service account`,
		`Sandbox "x" names no runtimeClassName that isolates it`,
		`container "app" of Sandbox "x" has no cpu limit`,
		`container "app" of Sandbox "x" has no memory limit`,
	}
}

test_reports_runc if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "agents.x-k8s.io/v1alpha1", "kind": "Sandbox", "metadata": {"name": "x"}, "spec": {"podTemplate": {"spec": {"runtimeClassName": "runc", "automountServiceAccountToken": false, "containers": []}}}} with data.parameters as parameters
	messages == {`Sandbox "x" names no runtimeClassName that isolates it`}
}

test_accepts_isolated if {
	count(policy.deny) == 0 with input as {"apiVersion": "agents.x-k8s.io/v1alpha1", "kind": "Sandbox", "metadata": {"name": "x"}, "spec": {"podTemplate": {"spec": {"runtimeClassName": "gvisor", "automountServiceAccountToken": false, "containers": [{"name": "app", "resources": {"limits": {"cpu": 1, "memory": "1Gi"}}}]}}}} with data.parameters as parameters
}

test_accepts_empty_class_list if {
	count(policy.deny) == 0 with input as {"apiVersion": "agents.x-k8s.io/v1alpha1", "kind": "Sandbox", "metadata": {"name": "x"}, "spec": {"podTemplate": {"spec": {"runtimeClassName": "runc", "automountServiceAccountToken": false, "containers": []}}}} with data.parameters as {"LT-POD-065": {"sharedKernelClasses": []}}
}
