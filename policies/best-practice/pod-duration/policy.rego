# METADATA
# scope: package
# title: Job may run longer than allowed
# description: A Job without a deadline may hang for ever and hold its resources. Inert until maxSeconds is set.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/controllers/job/
# custom:
#   id: LT-REL-026
#   slug: pod-duration
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: info
#   tags: [job]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: batch, kinds: [Job, CronJob]}
#   - {group: "", kinds: [Pod]}
#   requires: []
#   parameters:
#     maxSeconds: {type: integer, minimum: 0, default: 0, description: "Longest time a Job or Pod may run; 0 switches the policy off."}
#   remediation: Set activeDeadlineSeconds.
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.best_practice.pod_duration

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, "spec", msg), [{"op": "add", "path": place[input.kind], "value": most, "unsafe": true}]) if {
	most > 0
	not given
	msg := sprintf("%s %q sets no activeDeadlineSeconds", [input.kind, resource.name])
}

deny contains finding.fixed(finding.at(holder, "activeDeadlineSeconds", msg), [{"op": "replace", "path": "/activeDeadlineSeconds", "value": most, "unsafe": true}]) if {
	most > 0
	some holder in holders
	holder.activeDeadlineSeconds > most
	msg := sprintf("%s %q may run %v seconds, above %v (activeDeadlineSeconds)", [input.kind, resource.name, holder.activeDeadlineSeconds, most])
}

most := data.parameters["LT-REL-026"].maxSeconds

given if {
	some holder in holders
	is_number(holder.activeDeadlineSeconds)
}

holders := [resource.pod_spec] if {
	input.kind == "Pod"
} else := [input.spec, resource.pod_spec] if {
	input.kind == "Job"
} else := [input.spec.jobTemplate.spec, resource.pod_spec]

place := {
	"Pod": "/spec/activeDeadlineSeconds",
	"Job": "/spec/activeDeadlineSeconds",
	"CronJob": "/spec/jobTemplate/spec/activeDeadlineSeconds",
}
