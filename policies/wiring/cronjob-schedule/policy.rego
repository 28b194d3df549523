# METADATA
# scope: package
# title: CronJob never runs or not when expected
# description: A broken schedule is refused; a day that no month has never comes; a suspended job stays so.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
# custom:
#   id: LT-REF-026
#   slug: cronjob-schedule
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [reliability]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: batch, kinds: [CronJob]}
#   profiles: [recommended]
#   remediation: Write five fields, and use spec.timeZone for the zone.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.wiring.cronjob_schedule

import data.lintel.lib.cron
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.schedule", msg) if {
	schedule := input.spec.schedule
	is_string(schedule)
	not zoned(schedule)
	not cron.valid(schedule)
	msg := sprintf("CronJob %q has no valid schedule: %q", [resource.name, schedule])
}

deny contains finding.fixed(finding.at(input, "spec.schedule", msg), unzoned(input.spec.schedule)) if {
	zoned(input.spec.schedule)
	msg := sprintf("CronJob %q names its time zone in the schedule, not in spec.timeZone", [resource.name])
}

deny contains finding.at(input, "spec.schedule", msg) if {
	cron.valid(input.spec.schedule)
	[_, _, day, month, weekday] := cron.parts_of(input.spec.schedule)
	weekday == "*"
	regex.match(`^[0-9]+$`, day)
	last := [longest[name] | some name in split(lower(month), ",")]
	count(last) > 0
	to_number(day) > max(last)
	count(last) == count(split(month, ","))
	msg := sprintf("CronJob %q waits for a day that never comes: %q", [resource.name, input.spec.schedule])
}

deny contains finding.fixed(finding.at(input, "spec.suspend", msg), [{"op": "remove", "path": "/spec/suspend", "unsafe": true}]) if {
	input.spec.suspend == true
	msg := sprintf("CronJob %q is suspended", [resource.name])
}

zoned(schedule) if regex.match(`^\s*(CRON_)?TZ=`, schedule)

longest := {
	"2": 29, "4": 30, "6": 30, "9": 30, "11": 30, "02": 29, "04": 30, "06": 30, "09": 30,
	"feb": 29, "apr": 30, "jun": 30, "sep": 30, "nov": 30,
}

# unzoned moves the time zone into its field.
unzoned(schedule) := [
	{"op": "replace", "path": "/spec/schedule", "value": rest},
	{"op": "add", "path": "/spec/timeZone", "value": zone},
] if {
	[[_, _, zone, rest]] := regex.find_all_string_submatch_n(`^\s*(CRON_)?TZ=(\S+)\s+(.*)$`, schedule, 1)
	not input.spec.timeZone
} else := []
