# METADATA
# scope: package
# title: Application has the wrong deletion finalizer
# description: Without the resources finalizer, deleting the Application leaves its objects behind; with it on a root Application, everything below goes too.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/
# custom:
#   id: LT-ARGO-019
#   slug: argo-prune-without-finalizer
#   version: 1.0.0
#   status: stable
#   severity: info
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [Application]}
#   profiles: []
#   parameters:
#     expect: {type: string, enum: [present, absent], default: present}
#   remediation: Add or remove resources-finalizer.argocd.argoproj.io on purpose.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_prune_without_finalizer

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, "metadata.finalizers", msg), [{"op": "add", "path": "/metadata/finalizers/-", "value": "resources-finalizer.argocd.argoproj.io", "unsafe": true}]) if {
	data.parameters["LT-ARGO-019"].expect == "present"
	not cascades
	msg := sprintf("Application %q has no resources finalizer, so its objects outlive it", [resource.name])
}

deny contains finding.at(input, "metadata.finalizers", msg) if {
	data.parameters["LT-ARGO-019"].expect == "absent"
	cascades
	msg := sprintf("deleting Application %q deletes everything it manages", [resource.name])
}

cascades if {
	some finalizer in input.metadata.finalizers
	startswith(finalizer, "resources-finalizer.argocd.argoproj.io")
}
