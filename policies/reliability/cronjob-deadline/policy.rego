# METADATA
# scope: package
# title: CronJob has no starting deadline
# description: "Without startingDeadlineSeconds a CronJob that missed over 100 starts, for example while it could not be scheduled, never runs again."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
# custom:
#   id: LT-REL-020
#   slug: cronjob-deadline
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [cronjob]
#   profiles: [reliability, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: batch, kinds: [CronJob]}
#   requires: []
#   parameters: {}
#   remediation: Set spec.startingDeadlineSeconds.
#   fix: {op: add, path: spec/startingDeadlineSeconds, value: 300, unsafe: true}
#   effort: low
#   compliance: {}
package lintel.reliability.cronjob_deadline

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.startingDeadlineSeconds", msg) if {
	not given
	msg := sprintf("CronJob %q sets no startingDeadlineSeconds", [resource.name])
}

given if is_number(input.spec.startingDeadlineSeconds)
