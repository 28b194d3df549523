# METADATA
# scope: package
# title: Destination is wrong or not allowed by the project
# description: Argo CD refuses to sync to a destination the project does not list, and one named twice or not at all.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
# custom:
#   id: LT-ARGO-014
#   slug: argo-destination-not-in-project
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: argoproj.io, kinds: [Application]}
#   requires: []
#   profiles: [recommended]
#   remediation: Set exactly one of server and name, as the project allows.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_destination_not_in_project

import data.lintel.lib.argo
import data.lintel.lib.finding

deny contains finding.at(argo.spec, "destination", msg) if {
	target := argo.spec.destination
	named := [field | some field in ["server", "name"]; object.get(target, field, "") != ""]
	count(named) != 1
	msg := sprintf("%s must set one of destination.server and destination.name, not %d", [argo.described, count(named)])
}

deny contains finding.at(argo.spec, "destination", msg) if {
	count(argo.own_projects) > 0
	target := argo.destination(argo.spec.destination)
	count({project | some project in argo.own_projects; permitted(project, target)}) == 0
	msg := sprintf("project %v does not allow %s to deploy to namespace %q of cluster %s", [argo.spec.project, argo.described, target.namespace, cluster(target)])
}

cluster(target) := target.server if {
	target.server != ""
} else := target.name

permitted(project, target) if {
	some entry in project.spec.destinations
	not startswith(object.get(entry, "namespace", ""), "!")
	same_cluster(entry, target)
	argo.fits(object.get(entry, "namespace", ""), null, target.namespace)
	not denied(project, target)
}

same_cluster(entry, target) if {
	target.server != ""
	argo.fits(object.get(entry, "server", ""), null, target.server)
}

same_cluster(entry, target) if {
	target.name != ""
	argo.fits(object.get(entry, "name", ""), null, target.name)
}

denied(project, target) if {
	some entry in project.spec.destinations
	startswith(entry.namespace, "!")
	argo.fits(trim_prefix(entry.namespace, "!"), null, target.namespace)
	same_cluster(entry, target)
}

denied(project, target) if {
	some entry in project.spec.destinations
	some field in ["server", "name"]
	startswith(entry[field], "!")
	argo.fits(trim_prefix(entry[field], "!"), null, target[field])
	argo.fits(object.get(entry, "namespace", ""), null, target.namespace)
}
