# METADATA
# scope: package
# title: Probe or hook is sent to another host
# description: The kubelet sends probes and HTTP hooks; a host of its own choice lets a Pod reach the network of the node.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-030
#   slug: probe-host-field
#   aliases: [host-probes]
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod, pss-baseline]
#   profiles: [recommended, baseline, restricted, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Remove host; the Pod itself is asked by default. Use httpHeaders to set a host name.
#   fix: {op: remove, path: host, unsafe: true}
#   effort: low
#   compliance:
#     pss: ["baseline:hostProbesAndHostLifecycle"]
#     nsa-cisa-1.2: ["POD-4"]
package lintel.security.probe_host_field

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.at(c, field, msg) if {
	settings.pod_security >= 1034
	some c in resource.containers
	some place in places(c)
	some action in ["httpGet", "tcpSocket"]
	host := place.handler[action].host
	not host in {"", null}
	field := concat(".", [place.field, action, "host"])
	msg := sprintf("%s sends a request to host %q (%s)", [resource.describe(c), host, field])
}

places(c) := array.concat(hooks(c), [{"field": name, "handler": c[name]} |
	some name in ["livenessProbe", "readinessProbe", "startupProbe"]
	is_object(c[name])
])

hooks(c) := [{"field": concat(".", ["lifecycle", name]), "handler": lifecycle[name]} |
	lifecycle := c.lifecycle
	some name in ["postStart", "preStop"]
	is_object(lifecycle[name])
]
