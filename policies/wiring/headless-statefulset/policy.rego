# METADATA
# scope: package
# title: StatefulSet has no headless Service
# description: Only a headless Service gives the Pods of a StatefulSet their stable names.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id
# custom:
#   id: LT-REF-016
#   slug: headless-statefulset
#   aliases: [statefulset-service]
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: apps, kinds: [StatefulSet]}
#   requires: [Service]
#   profiles: []
#   remediation: Add a Service with clusterIP None and name it in spec.serviceName.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.wiring.headless_statefulset

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.serviceName", msg) if {
	not names_service
	msg := sprintf("StatefulSet %q names no Service", [resource.name])
}

deny contains finding.at(input, "spec.serviceName", msg) if {
	names_service
	not bundle.services[resource.namespace][input.spec.serviceName]
	msg := sprintf("StatefulSet %q names Service %q, which is not in namespace %q", [resource.name, input.spec.serviceName, resource.namespace])
}

deny contains finding.at(input, "spec.serviceName", msg) if {
	service := bundle.services[resource.namespace][input.spec.serviceName]
	not service.spec.clusterIP == "None"
	msg := sprintf("Service %q of StatefulSet %q is not headless", [input.spec.serviceName, resource.name])
}

names_service if input.spec.serviceName != ""
