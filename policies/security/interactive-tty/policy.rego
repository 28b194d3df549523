# METADATA
# scope: package
# title: Container keeps a terminal open
# description: stdin and tty serve people at a terminal; a service that has them is often a forgotten debug setting.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-041
#   slug: interactive-tty
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [hardening, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Remove stdin and tty.
#   fix: {op: remove, path: ., unsafe: true}
#   effort: low
#   compliance: {}
package lintel.security.interactive_tty

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(c, field, msg) if {
	some c in resource.containers
	some field in ["stdin", "tty"]
	c[field] == true
	msg := sprintf("%s asks for %s", [resource.describe(c), field])
}
