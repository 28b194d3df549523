package lintel.gitops.alertmanager_inline_secret_test

import data.lintel.gitops.alertmanager_inline_secret as policy

defaults := {"LT-MON-001": {"allowKeys": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_alertmanagerconfigfile_alertmanagerconfigfile if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "AlertmanagerConfigFile",
		"config": {
			"global": {"smtp_auth_password": "hunter2"},
			"receivers": [
				{
					"name": "team",
					"slack_configs": [{"api_url": "https://chat.example.com/hook/1"}],
					"pagerduty_configs": [{"routing_key": "0123456789abcdef"}],
					"webhook_configs": [
						{
							"url": "https://bot.example.com/alert?token=abc",
							"http_config": {"authorization": {"credentials": "abcdef"}},
						},
						{"url": "https://user:pass@bot.example.com/"},
					],
				},
			],
		},
	}) == {"Alertmanager configuration holds a readable credential in global.smtp_auth_password", "Alertmanager configuration holds a readable credential in receivers.0.pagerduty_configs.0.routing_key", "Alertmanager configuration holds a readable credential in receivers.0.slack_configs.0.api_url", "Alertmanager configuration holds a readable credential in receivers.0.webhook_configs.0.http_config.authorization.credentials", "Alertmanager configuration holds a readable credential in receivers.0.webhook_configs.0.url", "Alertmanager configuration holds a readable credential in receivers.0.webhook_configs.1.url"}
}

test_reports_secret_alertmanager_main if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "alertmanager-main"},
		"stringData": {"alertmanager.yaml": "receivers:\n- name: team\n  telegram_configs:\n  - bot_token: 123:abc\n"},
	}) == {"Alertmanager configuration holds a readable credential in receivers.0.telegram_configs.0.bot_token"}
}

test_reports_secret_alertmanager_encoded if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "alertmanager-encoded"},
		"data": {
			"alertmanager.yaml": "cmVjZWl2ZXJzOgotIG5hbWU6IHRlYW0KICBvcHNnZW5pZV9jb25maWdzOgogIC0gYXBpX2tleTogYWJjZGVmCg==",
		},
	}) == {"Alertmanager configuration holds a readable credential in receivers.0.opsgenie_configs.0.api_key"}
}

test_reports_configmap_alertmanager if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "alertmanager"},
		"data": {"config.yml": "global: {slack_api_url: https://hooks.slack.com/services/T/B/X}\nreceivers: []"},
	}) == {"Alertmanager configuration holds a readable credential in global.slack_api_url"}
}

test_reports_alertmanagerconfig_team if {
	messages({
		"apiVersion": "monitoring.coreos.com/v1alpha1",
		"kind": "AlertmanagerConfig",
		"metadata": {"name": "team"},
		"spec": {
			"receivers": [{"name": "hook", "webhookConfigs": [{"url": "https://hooks.slack.com/services/T/B/X"}]}],
		},
	}) == {"Alertmanager configuration holds a readable credential in receivers.0.webhookConfigs.0.url"}
}

test_reports_helmvalues_helmvalues if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "HelmValues",
		"values": {"alertmanager": {"config": {"global": {"opsgenie_api_key": "abcdef"}}}},
	}) == {"Alertmanager configuration holds a readable credential in global.opsgenie_api_key"}
}

test_reports_helmvalues_helmvalues_2 if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "HelmValues",
		"values": {"config": {"receivers": [{"victorops_configs": [{"api_key": "abcdef"}]}]}},
	}) == {"Alertmanager configuration holds a readable credential in receivers.0.victorops_configs.0.api_key"}
}

test_reports_helmvalues_helmvalues_3 if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "HelmValues",
		"values": {"alertmanager": {"config": {"global": {"smtp_auth_secret": "abc"}}}, "config": {"mode": "fast"}},
	}) == {"Alertmanager configuration holds a readable credential in global.smtp_auth_secret"}
}

test_allows_alertmanagerconfigfile_alertmanagerconfigfile if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "AlertmanagerConfigFile",
		"config": {
			"global": {
				"smtp_auth_password_file": "/etc/alertmanager/smtp",
				"slack_api_url": "{{ slack_url }}",
				"opsgenie_api_url": "https://api.opsgenie.com/",
			},
			"receivers": [
				{
					"name": "team",
					"webhook_configs": [
						{
							"url": "http://bot.monitoring.svc:8080/alert",
							"http_config": {"authorization": {"credentials_file": "/etc/token"}},
						},
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
		"spec": {
			"receivers": [
				{
					"name": "slack",
					"slackConfigs": [{"apiURL": {"name": "slack", "key": "url"}, "channel": "#alerts"}],
					"pagerdutyConfigs": [{"routingKey": {"name": "pd", "key": "key"}}],
				},
			],
		},
	}) == set()
}

test_allows_secret_other if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "other"},
		"stringData": {"config.yaml": "mode: fast", "readme.txt": "token: abc"},
	}) == set()
}

test_allows_helmvalues_helmvalues if {
	messages({"apiVersion": "lintel/v1", "kind": "HelmValues", "values": {"replicas": 2}}) == set()
}
