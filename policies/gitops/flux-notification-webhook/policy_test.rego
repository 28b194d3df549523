package lintel.gitops.flux_notification_webhook_test

import data.lintel.gitops.flux_notification_webhook as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_provider_a if {
	messages({
		"apiVersion": "notification.toolkit.fluxcd.io/v1beta3",
		"kind": "Provider",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"type": "generic", "address": "http://bot.example.com/hook"},
	}) == {"Provider \"a\" sends in clear text"}
}

test_reports_provider_b if {
	messages({
		"apiVersion": "notification.toolkit.fluxcd.io/v1beta3",
		"kind": "Provider",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"type": "slack", "address": "https://hooks.slack.com/services/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"},
	}) == {"Provider \"b\" has a credential in its address"}
}

test_reports_provider_c if {
	messages({
		"apiVersion": "notification.toolkit.fluxcd.io/v1beta3",
		"kind": "Provider",
		"metadata": {"name": "c", "namespace": "shop"},
		"spec": {"address": "https://bot.example.com/?token=abc"},
	}) == {"Provider \"c\" has a credential in its address"}
}

test_reports_receiver_d if {
	messages({
		"apiVersion": "notification.toolkit.fluxcd.io/v1",
		"kind": "Receiver",
		"metadata": {"name": "d", "namespace": "shop"},
		"spec": {"type": "github"},
	}) == {"Receiver \"d\" has no secret, so anybody can trigger it"}
}

test_reports_alert_e if {
	messages({
		"apiVersion": "notification.toolkit.fluxcd.io/v1beta3",
		"kind": "Alert",
		"metadata": {"name": "e", "namespace": "shop"},
		"spec": {"eventSources": [{"kind": "Kustomization", "name": "*", "namespace": "other"}]},
	}) == {"Alert \"e\" reads every Kustomization of namespace other"}
}

test_allows_provider_a if {
	messages({
		"apiVersion": "notification.toolkit.fluxcd.io/v1beta3",
		"kind": "Provider",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"type": "slack", "secretRef": {"name": "slack"}},
	}) == set()
}

test_allows_receiver_d if {
	messages({
		"apiVersion": "notification.toolkit.fluxcd.io/v1",
		"kind": "Receiver",
		"metadata": {"name": "d", "namespace": "shop"},
		"spec": {"type": "github", "secretRef": {"name": "hook"}},
	}) == set()
}

test_allows_alert_e if {
	messages({
		"apiVersion": "notification.toolkit.fluxcd.io/v1beta3",
		"kind": "Alert",
		"metadata": {"name": "e", "namespace": "shop"},
		"spec": {"eventSources": [{"kind": "Kustomization", "name": "*"}]},
	}) == set()
}
