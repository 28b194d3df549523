# METADATA
# scope: package
# title: Pod has no controller
# description: "A bare Pod is gone when its node is: nothing starts it again elsewhere."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/overview/
# custom:
#   id: LT-REL-024
#   slug: bare-pod
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [reliability, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [Pod]}
#   requires: []
#   parameters: {}
#   remediation: "Use a Deployment, StatefulSet or Job."
#   effort: low
#   compliance: {}
package lintel.reliability.bare_pod

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "kind", msg) if {
	count(owners) == 0
	not is_test
	msg := sprintf("Pod %q is not managed by a controller", [resource.name])
}

owners := [owner | some owner in input.metadata.ownerReferences]

# Test and static Pods are alone on purpose.
is_test if resource.annotations["helm.sh/hook"]

is_test if resource.annotations["argocd.argoproj.io/hook"]

is_test if resource.annotations["kubernetes.io/config.source"]
