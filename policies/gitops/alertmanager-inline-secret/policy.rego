# METADATA
# scope: package
# title: Alertmanager configuration holds credentials
# description: Tokens and passwords in the configuration are readable by all who can read the repository, the object or the status page.
# related_resources:
# - ref: https://prometheus.io/docs/alerting/latest/configuration/
# custom:
#   id: LT-MON-001
#   slug: alertmanager-inline-secret
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [secrets]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: lintel, kinds: [AlertmanagerConfigFile, HelmValues]}
#   - {group: monitoring.coreos.com, kinds: [AlertmanagerConfig]}
#   - {group: "", kinds: [Secret, ConfigMap]}
#   profiles: [recommended]
#   parameters:
#     allowKeys: {type: array, items: {type: string}, default: []}
#   remediation: Use the *_file form of the field or a Secret reference.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.2"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.gitops.alertmanager_inline_secret

import data.lintel.lib.alertmanager
import data.lintel.lib.finding
import data.lintel.lib.secrets

deny contains finding.hidden(alertmanager.holder(entry), alertmanager.place(entry, key), msg) if {
	some entry in alertmanager.objects
	some key, value in entry.node
	secrets.literal(value)
	credential(entry, key, value)
	not key in data.parameters["LT-MON-001"].allowKeys
	msg := sprintf("Alertmanager configuration holds a readable credential in %s", [concat(".", [sprintf("%v", [step]) | some step in array.concat(entry.path, [key])])])
}

credential(_, key, _) if key in {
	"slack_api_url", "slack_app_token", "app_token", "service_key", "routing_key", "api_key", "bot_token", "token", "user_key",
	"smtp_auth_password", "smtp_auth_secret", "auth_password", "auth_secret", "auth_identity_secret",
	"opsgenie_api_key", "victorops_api_key", "wechat_api_secret", "api_secret", "secret_key", "client_secret",
	"bearer_token", "bearerToken", "clientSecret", "routingKey", "serviceKey", "apiKey", "apiSecret", "botToken",
	"authPassword", "authSecret", "password", "sasToken",
}

credential(entry, "credentials", _) if "authorization" in entry.path

# The address of a chat hook is its credential.
credential(entry, key, value) if {
	key in {"api_url", "apiURL", "webhook_url", "webhookURL", "url"}
	hook_address(entry, value)
}

hook_address(_, value) if {
	some host in ["hooks.slack.com/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/", ".webhook.office.com/", "outlook.office.com/webhook/", "chat.googleapis.com/", "api.telegram.org/bot", "sig=", "token=", "access_token=", "api_key=", "apikey=", "secret="]
	contains(value, host)
}

hook_address(entry, _) if {
	some kind in ["slack_configs", "slackConfigs", "discord_configs", "discordConfigs", "msteams_configs", "msteamsConfigs"]
	kind in entry.path
}

hook_address(_, value) if regex.match(`^https?://[^/\s:@]+:[^/\s@]+@`, value)
