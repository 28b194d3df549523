# METADATA
# scope: package
# title: Sync windows are missing or broken
# description: Windows keep changes out of hours when nobody watches; a broken schedule silently never or always applies.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/
# custom:
#   id: LT-ARGO-008
#   slug: argo-project-sync-window
#   version: 1.0.0
#   status: stable
#   severity: info
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [AppProject]}
#   profiles: []
#   parameters:
#     productionMark: {type: string, default: prod}
#   remediation: Add syncWindows with a five-field schedule, a duration and a time zone.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_project_sync_window

import data.lintel.lib.cron
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.syncWindows", msg) if {
	not limited
	some target in input.spec.destinations
	some field in ["name", "namespace", "server"]
	contains(target[field], data.parameters["LT-ARGO-008"].productionMark)
	msg := sprintf("AppProject %q deploys to production without sync windows", [resource.name])
}

deny contains finding.at(window, "schedule", msg) if {
	some window in input.spec.syncWindows
	not cron.valid(object.get(window, "schedule", ""))
	msg := sprintf("sync window of AppProject %q has no valid schedule", [resource.name])
}

deny contains finding.at(window, "duration", msg) if {
	some window in input.spec.syncWindows
	not regex.match(`^([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h))+$`, object.get(window, "duration", ""))
	msg := sprintf("sync window of AppProject %q has no valid duration", [resource.name])
}

deny contains finding.at(window, "timeZone", msg) if {
	some window in input.spec.syncWindows
	zone := window.timeZone
	not regex.match(`^(UTC|GMT|Local|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$`, zone)
	msg := sprintf("sync window of AppProject %q has the unknown time zone %q", [resource.name, zone])
}

limited if count(input.spec.syncWindows) > 0

# A daily window that lasts a day or longer is always open.
deny contains finding.at(window, "duration", msg) if {
	some window in input.spec.syncWindows
	window.kind == "allow"
	regex.match(`^[0-9,]+ [0-9,]+ \* \* \*$`, window.schedule)
	hours := to_number(regex.find_all_string_submatch_n(`^([0-9]+)h$`, window.duration, 1)[0][1])
	hours >= 24
	msg := sprintf("daily sync window of AppProject %q lasts %s, so it never closes", [resource.name, window.duration])
}
