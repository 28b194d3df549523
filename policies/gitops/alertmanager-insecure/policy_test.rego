package lintel.gitops.alertmanager_insecure_test

import data.lintel.gitops.alertmanager_insecure as policy

defaults := {"LT-MON-004": {"allowedHosts": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_alertmanagerconfigfile_alertmanagerconfigfile if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "AlertmanagerConfigFile",
		"config": {
			"global": {"smtp_require_tls": false},
			"receivers": [
				{
					"name": "a",
					"webhook_configs": [
						{
							"url": "http://bot.example.com/alert",
							"http_config": {"tls_config": {"insecure_skip_verify": true}},
						},
					],
				},
			],
		},
	}) == {"Alertmanager does not verify certificates (insecure_skip_verify)", "Alertmanager sends mail in clear text (smtp_require_tls false)", "Alertmanager sends to http://bot.example.com in clear text"}
}

test_reports_alertmanagerconfig_team if {
	messages({
		"apiVersion": "monitoring.coreos.com/v1alpha1",
		"kind": "AlertmanagerConfig",
		"metadata": {"name": "team"},
		"spec": {"receivers": [{"name": "mail", "emailConfigs": [{"to": "a", "requireTLS": false}]}]},
	}) == {"Alertmanager sends mail in clear text (requireTLS false)"}
}

test_allows_alertmanagerconfigfile_alertmanagerconfigfile if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "AlertmanagerConfigFile",
		"config": {
			"global": {"smtp_require_tls": true},
			"receivers": [
				{
					"name": "a",
					"webhook_configs": [
						{"url": "http://bot.monitoring.svc:8080/alert"},
						{"url": "http://localhost:8080/alert"},
						{"url": "https://bot.example.com/alert"},
					],
				},
			],
		},
	}) == set()
}

test_allows_alertmanagerconfig_team if {
	messages({
		"apiVersion": "monitoring.coreos.com/v1alpha1",
		"kind": "AlertmanagerConfig",
		"metadata": {"name": "team"},
		"spec": {"receivers": [{"name": "mail", "emailConfigs": [{"to": "a"}]}]},
	}) == set()
}
