# METADATA
# scope: package
# title: Finished Jobs are kept for ever
# description: Without ttlSecondsAfterFinished the Pods of finished Jobs pile up until somebody deletes them.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/
# custom:
#   id: LT-REL-023
#   slug: job-ttl
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [job]
#   profiles: [reliability, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: batch, kinds: [Job, CronJob]}
#   requires: []
#   parameters:
#     maxHistory: {type: integer, minimum: 0, default: 10, description: "Finished Jobs a CronJob may keep without a time to live."}
#   remediation: Set ttlSecondsAfterFinished on the Job.
#   fix: {op: add, path: spec/ttlSecondsAfterFinished, value: 86400, unsafe: true}
#   effort: low
#   compliance: {}
package lintel.reliability.job_ttl

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.ttlSecondsAfterFinished", msg) if {
	input.kind == "Job"
	not is_hook
	not is_number(object.get(input.spec, "ttlSecondsAfterFinished", null))
	msg := sprintf("Job %q sets no ttlSecondsAfterFinished", [resource.name])
}

# The history limits of a CronJob clean up its Jobs; only a limit raised on purpose keeps many.
deny contains finding.at(input, concat(".", ["spec", field]), msg) if {
	input.kind == "CronJob"
	some field in ["successfulJobsHistoryLimit", "failedJobsHistoryLimit"]
	input.spec[field] > data.parameters["LT-REL-023"].maxHistory
	not is_number(object.get(input.spec.jobTemplate.spec, "ttlSecondsAfterFinished", null))
	msg := sprintf("CronJob %q keeps %v finished Jobs (%s)", [resource.name, input.spec[field], field])
}

# Hooks are removed by the tool that runs them.
is_hook if resource.annotations["helm.sh/hook-delete-policy"]

is_hook if resource.annotations["argocd.argoproj.io/hook-delete-policy"]
