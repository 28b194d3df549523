# METADATA
# scope: package
# title: Alertmanager configuration names addresses
# description: Personal addresses and numbers in Git outlive their owners and leak with the repository.
# related_resources:
# - ref: https://prometheus.io/docs/alerting/latest/configuration/#email_config
# custom:
#   id: LT-MON-002
#   slug: alertmanager-inline-address
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: lintel, kinds: [AlertmanagerConfigFile, HelmValues]}
#   - {group: monitoring.coreos.com, kinds: [AlertmanagerConfig]}
#   - {group: "", kinds: [Secret, ConfigMap]}
#   profiles: [recommended]
#   parameters:
#     allowedAddresses: {type: array, items: {type: string}, default: []}
#     allowedChannels: {type: array, items: {type: string}, default: []}
#     allowedHosts: {type: array, items: {type: string}, default: []}
#   remediation: Fill addresses in at deployment, or list the team addresses in allowedAddresses.
#   effort: low
#   compliance:
#     soc2-2017: ["C1.1", "CC8.1"]
package lintel.gitops.alertmanager_inline_address

import data.lintel.lib.alertmanager
import data.lintel.lib.finding
import data.lintel.lib.secrets

deny contains finding.at(alertmanager.holder(entry), alertmanager.place(entry, key), msg) if {
	some entry in alertmanager.objects
	some key in ["to", "from", "smtp_from", "phone_number", "phoneNumber"]
	value := entry.node[key]
	secrets.literal(value)
	some address in regex.split(`\s*,\s*`, value)
	personal(key, address)
	not allowed(address)
	msg := sprintf("Alertmanager configuration names the address %s in %s", [address, key])
}

deny contains finding.at(alertmanager.holder(entry), alertmanager.place(entry, "channel"), msg) if {
	count(parameters.allowedChannels) > 0
	some entry in alertmanager.objects
	is_string(entry.node.channel)
	not entry.node.channel in parameters.allowedChannels
	msg := sprintf("Alertmanager configuration sends to the channel %s", [entry.node.channel])
}

deny contains finding.at(alertmanager.holder(entry), alertmanager.place(entry, "url"), msg) if {
	count(parameters.allowedHosts) > 0
	some entry in alertmanager.objects
	is_string(entry.node.url)
	host := regex.find_all_string_submatch_n(`^[a-z]+://(?:[^/@]*@)?([^/:?]+)`, entry.node.url, 1)[0][1]
	not host in parameters.allowedHosts
	msg := sprintf("Alertmanager configuration sends to the host %s", [host])
}

personal(key, address) if {
	not key in {"phone_number", "phoneNumber"}
	contains(address, "@")
}

personal(key, address) if {
	key in {"phone_number", "phoneNumber"}
	address != ""
}

# "@example.com" allows a whole domain.
allowed(address) if {
	some entry in parameters.allowedAddresses
	matches(address, entry)
}

matches(address, entry) if address == entry

matches(address, entry) if {
	startswith(entry, "@")
	endswith(address, entry)
}

parameters := data.parameters["LT-MON-002"]
