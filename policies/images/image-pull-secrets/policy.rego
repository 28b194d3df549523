# METADATA
# scope: package
# title: Image pull secret is missing
# description: Images of a private registry cannot be pulled without a secret. Inert until the private registries are configured.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
# custom:
#   id: LT-IMG-006
#   slug: image-pull-secrets
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod, image]
#   profiles: [all]
#   confidence: exact
#   scope: bundle
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     registries: {type: array, items: {type: string}, default: [], description: "Private registries."}
#   remediation: Name the secret in imagePullSecrets of the Pod or its service account.
#   effort: low
#   compliance: {}
package lintel.images.image_pull_secrets

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.inventory
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, "imagePullSecrets", msg) if {
	not has_secret
	some c in resource.containers
	some registry in data.parameters["LT-IMG-006"].registries
	image.within(image.by_reference[c.image].name, registry)
	msg := sprintf("%s pulls from the private registry %s but the Pod has no imagePullSecrets", [resource.describe(c), registry])
}

has_secret if count(resource.pod_spec.imagePullSecrets) > 0

has_secret if {
	some account in inventory.by_name(resource.namespace, "", "ServiceAccount")[resource.service_account]
	count(account.imagePullSecrets) > 0
}
