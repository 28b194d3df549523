# METADATA
# scope: package
# title: Probe runs a forbidden command
# description: "Shells and download tools in probes are what an intruder would use, and keep them in the image."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   id: LT-POD-044
#   slug: exec-probe-commands
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     forbiddenCommands: {type: array, items: {type: string}, default: [curl, wget, nc, ncat, telnet, ssh], description: "Program names that may not be called."}
#   remediation: "Use an httpGet, tcpSocket or grpc probe, or a program made for the check."
#   effort: low
#   compliance: {}
package lintel.security.exec_probe_commands

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(c, field, msg) if {
	some c in resource.containers
	some probe in ["livenessProbe", "readinessProbe", "startupProbe"]
	some i, word in c[probe].exec.command
	tool := forbidden_tool(word)
	field := sprintf("%s.exec.command[%d]", [probe, i])
	msg := sprintf("%s runs %q in its %s", [resource.describe(c), tool, probe])
}

forbidden_tool(word) := tool if {
	tools := [tool |
		some part in regex.split(`[\s;&|()]+`, word)
		segments := split(part, "/")
		tool := segments[count(segments) - 1]
		tool in data.parameters["LT-POD-044"].forbiddenCommands
	]
	tool := tools[0]
}
