# METADATA
# scope: package
# title: Two Services select the same Pods
# description: Traffic for one Service reaches the Pods of the other; usually a copied manifest kept its selector.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/service/
# custom:
#   id: LT-REF-021
#   slug: unique-service-selector
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: "", kinds: [Service]}
#   requires: [Service]
#   profiles: []
#   remediation: Give each Service its own selector; headless twins are left alone.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.wiring.unique_service_selector

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.partners
import data.lintel.lib.resource

deny contains finding.at(input, "spec.selector", msg) if {
	count(input.spec.selector) > 0
	not input.spec.clusterIP == "None"
	others := partners.without(shared[[resource.namespace, input.spec.selector]], resource.name)
	msg := sprintf("Service %q has the selector of Service %s", [resource.name, others])
}

shared[key] := partners.of(names) if some key, names in owners

owners[[namespace, service.spec.selector]] contains service.metadata.name if {
	some namespace, services in bundle.services
	some service in services
	not service.spec.clusterIP == "None"
	not service.spec.type == "ExternalName"
}
