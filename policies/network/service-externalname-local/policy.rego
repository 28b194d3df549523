# METADATA
# scope: package
# title: ExternalName points at the local host
# description: A name that resolves to the loopback address sends clients, the Ingress controller among them, to their own ports (CVE-2021-25740).
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/service/#externalname
# custom:
#   id: LT-NET-011
#   slug: service-externalname-local
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [network]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [Service]}
#   profiles: [recommended]
#   remediation: Point externalName at a real host.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-2"]
#     mitre-attack: ["T1190"]
#     soc2-2017: ["CC6.6"]
package lintel.network.service_externalname_local

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.externalName", msg) if {
	input.spec.type == "ExternalName"
	local(trim_suffix(lower(input.spec.externalName), "."))
	msg := sprintf("Service %q points at the local host %q", [resource.name, input.spec.externalName])
}

local(host) if host in {"localhost", "localhost.localdomain", "localhost6", "ip6-localhost", "::1", "0.0.0.0"}

local(host) if endswith(host, ".localhost")

local(host) if startswith(host, "127.")
