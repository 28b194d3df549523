# METADATA
# scope: package
# title: Liveness probe is missing
# description: Without a liveness probe a program that hangs is never restarted.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   id: LT-REL-001
#   slug: liveness-probe
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod, probe]
#   profiles: [reliability, all]
#   confidence: exact
#   scope: object
#   targets:
#   - lasting-workloads
#   requires: []
#   parameters:
#     requiredTypes: {type: array, items: {type: string, enum: [httpGet, tcpSocket, exec, grpc]}, default: [httpGet, tcpSocket, exec, grpc], description: "Handlers accepted."}
#     exemptImages: {type: array, items: {type: string}, default: [], description: "Images left alone; a trailing * matches any ending."}
#   remediation: "Add a livenessProbe that asks the program itself, not only its port."
#   effort: medium
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.reliability.liveness_probe

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.at(c, "livenessProbe", msg) if {
	not resource.is_hook
	some c in resource.regular_containers
	not probed(c)
	not exempt(c)
	msg := sprintf("%s has no liveness probe (livenessProbe)", [resource.describe(c)])
}

probed(c) if {
	some handler in data.parameters["LT-REL-001"].requiredTypes
	is_object(c.livenessProbe[handler])
}

exempt(c) if image.exempt(c, data.parameters["LT-REL-001"].exemptImages)
