# METADATA
# scope: package
# title: Alertmanager sends without transport security
# description: Alerts and credentials of the receiver travel in clear text, or to whoever answers in its place.
# related_resources:
# - ref: https://prometheus.io/docs/alerting/latest/configuration/
# custom:
#   id: LT-MON-004
#   slug: alertmanager-insecure
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: lintel, kinds: [AlertmanagerConfigFile, HelmValues]}
#   - {group: monitoring.coreos.com, kinds: [AlertmanagerConfig]}
#   - {group: "", kinds: [Secret, ConfigMap]}
#   profiles: [recommended]
#   parameters:
#     allowedHosts: {type: array, items: {type: string}, default: []}
#   remediation: Use https and STARTTLS, and verify certificates.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-8"]
#     soc2-2017: ["CC6.7"]
package lintel.gitops.alertmanager_insecure

import data.lintel.lib.alertmanager
import data.lintel.lib.finding
import data.lintel.lib.urls

deny contains finding.at(alertmanager.holder(entry), alertmanager.place(entry, key), msg) if {
	some entry in alertmanager.objects
	some key in ["url", "api_url", "apiURL", "webhook_url", "webhookURL", "slack_api_url", "opsgenie_api_url", "victorops_api_url", "wechat_api_url"]
	value := entry.node[key]
	is_string(value)
	startswith(value, "http://")
	host := split(split(trim_prefix(value, "http://"), "/")[0], ":")[0]
	not urls.in_cluster(host)
	not host in data.parameters["LT-MON-004"].allowedHosts
	msg := sprintf("Alertmanager sends to http://%s in clear text", [host])
}

deny contains finding.at(alertmanager.holder(entry), alertmanager.place(entry, key), msg) if {
	some entry in alertmanager.objects
	some key in ["insecure_skip_verify", "insecureSkipVerify"]
	entry.node[key] == true
	msg := sprintf("Alertmanager does not verify certificates (%s)", [key])
}

deny contains finding.at(alertmanager.holder(entry), alertmanager.place(entry, key), msg) if {
	some entry in alertmanager.objects
	some key in ["smtp_require_tls", "require_tls", "requireTLS"]
	entry.node[key] == false
	msg := sprintf("Alertmanager sends mail in clear text (%s false)", [key])
}
