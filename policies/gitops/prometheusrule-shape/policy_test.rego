package lintel.gitops.prometheusrule_shape_test

import data.lintel.gitops.prometheusrule_shape as policy

defaults := {"LT-MON-005": {"severityLabel": "severity"}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"monitoring.coreos.com/v1": {
				"PrometheusRule": {
					"web": {
						"apiVersion": "monitoring.coreos.com/v1",
						"kind": "PrometheusRule",
						"metadata": {"name": "web", "namespace": "shop", "labels": {"team": "web"}},
						"spec": {
							"groups": [
								{
									"name": "web",
									"rules": [
										{"alert": "Down", "expr": "up == 0", "for": "five minutes", "labels": {"severity": "critical"}},
										{"alert": "Open", "expr": "sum(rate(http_requests_total[5m])", "labels": {"severity": "critical"}},
										{"alert": "Half", "expr": "up ==", "labels": {"severity": "critical"}},
										{"alert": "Quote", "expr": "up{job=\"web}", "labels": {"severity": "critical"}},
										{"alert": "Quote2", "expr": "up{job=~\"web\"} > 'x", "labels": {"severity": "critical"}},
										{"alert": "Silent", "expr": "up == 0"},
										{"alert": "Down", "expr": "up < 1", "labels": {"severity": "critical"}},
										{"record": "job:up:sum"},
									],
								},
							],
						},
					},
					"two": {
						"apiVersion": "monitoring.coreos.com/v1",
						"kind": "PrometheusRule",
						"metadata": {"name": "two", "namespace": "shop", "labels": {"role": "alerts"}},
						"spec": {
							"groups": [{"name": "two", "rules": [{"alert": "Empty", "expr": " ", "labels": {"severity": "info"}}]}],
						},
					},
				},
			},
		},
		"monitoring": {
			"monitoring.coreos.com/v1": {
				"Prometheus": {
					"main": {
						"apiVersion": "monitoring.coreos.com/v1",
						"kind": "Prometheus",
						"metadata": {"name": "main", "namespace": "monitoring"},
						"spec": {"ruleSelector": {"matchLabels": {"role": "alerts"}}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_prometheusrule_web if {
	messages(fail_bundle.namespace.shop["monitoring.coreos.com/v1"].PrometheusRule.web, fail_bundle) == {"\"for\" of alert \"Down\" is no duration: five minutes", "PrometheusRule \"web\" is selected by no Prometheus", "alert \"Down\" is defined twice with the same labels", "alert \"Silent\" has no label \"severity\"", "expression of alert \"Half\" ends in an operator", "expression of alert \"Open\" has unbalanced brackets", "expression of alert \"Quote\" has an open string", "expression of alert \"Quote2\" has an open string", "expression of record job:up:sum is empty"}
}

test_reports_prometheusrule_two if {
	messages(fail_bundle.namespace.shop["monitoring.coreos.com/v1"].PrometheusRule.two, fail_bundle) == {"expression of alert \"Empty\" is empty"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"monitoring.coreos.com/v1": {
				"PrometheusRule": {
					"web": {
						"apiVersion": "monitoring.coreos.com/v1",
						"kind": "PrometheusRule",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"groups": [
								{
									"name": "web",
									"rules": [
										{"record": "job:up:sum", "expr": "sum by (job) (up{path!=\"/a(b\"})"},
										{
											"alert": "Down",
											"expr": "absent(up{job=\"web\"}) or (up == 0)",
											"for": "1h30m",
											"labels": {"severity": "critical"},
										},
										{"alert": "Down", "expr": "up == 0", "labels": {"severity": "warning"}},
									],
								},
							],
						},
					},
					"none": {
						"apiVersion": "monitoring.coreos.com/v1",
						"kind": "PrometheusRule",
						"metadata": {"name": "none", "namespace": "shop"},
						"spec": {"groups": []},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_prometheusrule_web if {
	messages(pass_bundle.namespace.shop["monitoring.coreos.com/v1"].PrometheusRule.web, pass_bundle) == set()
}

test_allows_prometheusrule_none if {
	messages(pass_bundle.namespace.shop["monitoring.coreos.com/v1"].PrometheusRule.none, pass_bundle) == set()
}
