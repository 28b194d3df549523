package lintel.gitops.alertmanager_inline_address_test

import data.lintel.gitops.alertmanager_inline_address as policy

defaults := {"LT-MON-002": {"allowedAddresses": [], "allowedChannels": [], "allowedHosts": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_alertmanagerconfigfile_alertmanagerconfigfile if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "AlertmanagerConfigFile",
		"config": {
			"global": {"smtp_from": "alerts@example.com"},
			"receivers": [
				{
					"name": "team",
					"email_configs": [{"to": "jane@example.com, joe@example.com"}],
					"sns_configs": [{"phone_number": "+15550100"}],
				},
			],
		},
	}) == {"Alertmanager configuration names the address +15550100 in phone_number", "Alertmanager configuration names the address alerts@example.com in smtp_from", "Alertmanager configuration names the address jane@example.com in to", "Alertmanager configuration names the address joe@example.com in to"}
}

test_reports_alertmanagerconfig_team if {
	messages({
		"apiVersion": "monitoring.coreos.com/v1alpha1",
		"kind": "AlertmanagerConfig",
		"metadata": {"name": "team"},
		"spec": {"receivers": [{"name": "mail", "emailConfigs": [{"to": "jane@example.com"}]}]},
	}) == {"Alertmanager configuration names the address jane@example.com in to"}
}

test_reports_secret_alertmanager_main if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "alertmanager-main"},
		"stringData": {"alertmanager.yaml": "receivers: [{name: a, email_configs: [{to: jane@example.com}]}]"},
	}) == {"Alertmanager configuration names the address jane@example.com in to"}
}

test_allows_alertmanagerconfigfile_alertmanagerconfigfile if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "AlertmanagerConfigFile",
		"config": {
			"global": {"smtp_from": "${SMTP_FROM}"},
			"receivers": [
				{
					"name": "team",
					"slack_configs": [{"channel": "#alerts"}],
					"webhook_configs": [{"url": "https://bot.example.com/"}],
				},
			],
		},
	}) == set()
}

test_allows_configmap_other if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "other"},
		"data": {"a.yaml": "to: jane@example.com"},
	}) == set()
}

listed := {"LT-MON-002": {"allowedAddresses": ["@example.com", "+15550100"], "allowedChannels": ["#alerts"], "allowedHosts": ["bot.example.com"]}}

test_allows_listed_addresses if {
	config := {"receivers": [{"email_configs": [{"to": "a@example.com"}], "sns_configs": [{"phone_number": "+15550100"}], "slack_configs": [{"channel": "#alerts"}], "webhook_configs": [{"url": "https://bot.example.com/x"}]}]}
	count(policy.deny) == 0 with input as {"kind": "AlertmanagerConfigFile", "config": config} with data.parameters as listed
}

test_reports_channels_and_hosts_outside_lists if {
	config := {"receivers": [{"slack_configs": [{"channel": "#other"}], "webhook_configs": [{"url": "https://evil.example.org/x"}]}]}
	count(policy.deny) == 2 with input as {"kind": "AlertmanagerConfigFile", "config": config} with data.parameters as listed
}
