package lintel.gitops.flux_no_wait_test

import data.lintel.gitops.flux_no_wait as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"interval": "10m"},
	}) == {"Kustomization \"a\" waits for nothing"}
}

test_reports_kustomization_b if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"interval": "10m", "healthChecks": [{"kind": "Deployment", "name": "web"}]},
	}) == {"Kustomization \"b\" waits without its own timeout"}
}

test_reports_kustomization_c if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "c", "namespace": "shop"},
		"spec": {"interval": "10m", "wait": true, "timeout": "15m"},
	}) == {"Kustomization \"c\" may wait for 15m, longer than its interval of 10m"}
}

test_allows_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"interval": "10m", "wait": true, "timeout": "5m"},
	}) == set()
}

test_allows_kustomization_b if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"interval": "1h", "healthCheckExprs": [{"kind": "Widget"}], "timeout": "5m"},
	}) == set()
}

test_fixes_with_a_timeout_below_the_interval if {
	timeout_of({"interval": "10m"}) == ["5m"]
	timeout_of({"interval": "1m"}) == ["30s"]
	timeout_of({"interval": "1s"}) == []
	timeout_of({"interval": "10m", "timeout": "3m"}) == []
}

timeout_of(spec) := [op.value | some f in policy.deny with input as object_with(spec); some op in f.fix; op.path == "/spec/timeout"]

object_with(spec) := {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization", "metadata": {"name": "a"}, "spec": spec}
