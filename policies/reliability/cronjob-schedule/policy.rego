# METADATA
# scope: package
# title: CronJob schedule is broken or suspended
# description: "A schedule that does not parse is refused, a TZ prefix is not supported, and a committed suspend stops the job for good."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
# custom:
#   id: LT-REL-021
#   slug: cronjob-schedule
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   category: reliability
#   tags: [cronjob]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: batch, kinds: [CronJob]}
#   requires: []
#   kubernetes: {min: "1.0", max: ""}
#   operations: [CREATE, UPDATE]
#   parameters: {}
#   remediation: "Write five fields or a macro, use spec.timeZone for a zone, and do not commit suspend."
#   effort: low
#   compliance: {}
package lintel.reliability.cronjob_schedule

import data.lintel.lib.cron
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.schedule", msg) if {
	schedule := input.spec.schedule
	problem := fault(schedule)
	msg := sprintf("CronJob %q has the schedule %q: %s", [resource.name, schedule, problem])
}

deny contains finding.at(input, "spec.suspend", msg) if {
	input.spec.suspend == true
	msg := sprintf("CronJob %q is suspended (spec.suspend: true)", [resource.name])
}

fault(schedule) := "a time zone belongs in spec.timeZone" if {
	contains(schedule, "TZ=")
} else := "it is neither five valid fields nor a macro" if {
	not cron.valid(schedule)
} else := "no month has that day" if {
	parts := regex.split(`\s+`, trim_space(schedule))
	parts[4] == "*"
	impossible[parts[3]][parts[2]]
}

impossible := {
	"2": {"30", "31"}, "4": {"31"}, "6": {"31"}, "9": {"31"}, "11": {"31"},
	"feb": {"30", "31"}, "apr": {"31"}, "jun": {"31"}, "sep": {"31"}, "nov": {"31"},
}
