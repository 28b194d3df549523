# METADATA
# scope: package
# title: DNS search is not bounded
# description: "With the default ndots of 5 every outside name is first looked up in all search domains, which multiplies DNS traffic."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
# custom:
#   id: LT-REL-025
#   slug: dns-config
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: info
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Set dnsConfig.options ndots to 2.
#   fix: {op: add, path: dnsConfig/options, value: [{name: ndots, value: "2"}], unsafe: true}
#   effort: low
#   compliance: {}
package lintel.best_practice.dns_config

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, "dnsConfig.options", msg) if {
	resource.is_workload
	not bounded
	msg := sprintf("%s %q sets no ndots option (dnsConfig.options)", [input.kind, resource.name])
}

bounded if {
	some option in resource.pod_spec.dnsConfig.options
	option.name == "ndots"
}

bounded if resource.pod_spec.dnsPolicy == "Default"
