# METADATA
# scope: package
# title: Monitor selects nothing
# description: Metrics nobody collects raise no alerts.
# related_resources:
# - ref: https://prometheus-operator.dev/docs/developer/getting-started/
# custom:
#   id: LT-REF-022
#   slug: dangling-servicemonitor
#   aliases: [servicemonitor-dangling]
#   version: 1.0.0
#   status: stable
#   severity: low
#   category: reliability
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: monitoring.coreos.com, kinds: [ServiceMonitor, PodMonitor]}
#   requires: [Service, Pod, apps/Deployment, apps/StatefulSet, apps/DaemonSet]
#   profiles: []
#   operations: [CREATE, UPDATE]
#   remediation: Make the selector and port names fit, and the labels fit a Prometheus.
#   effort: low
#   compliance:
#     soc2-2017: ["CC7.2"]
package lintel.wiring.dangling_servicemonitor

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource
import data.lintel.lib.selector

deny contains finding.at(input, "spec.selector", msg) if {
	count(selected) == 0
	msg := sprintf("%s %q selects no %s", [input.kind, resource.name, noun])
}

deny contains finding.at(endpoint, "port", msg) if {
	count(selected) > 0
	some field in ["endpoints", "podMetricsEndpoints"]
	some endpoint in input.spec[field]
	is_string(endpoint.port)
	not endpoint.port in port_names
	msg := sprintf("%s %q scrapes the port %q, which nothing selected has", [input.kind, resource.name, endpoint.port])
}

deny contains finding.at(input, "metadata.labels", msg) if {
	count(prometheus_selectors) > 0
	every chosen in prometheus_selectors { not selector.matches(chosen, resource.labels) }
	msg := sprintf("%s %q is selected by no Prometheus", [input.kind, resource.name])
}

noun := "Service" if {
	input.kind == "ServiceMonitor"
} else := "Pod"

namespaces := {name | some name, _ in data.inventory.namespace} if {
	input.spec.namespaceSelector.any == true
} else := {name | some name in input.spec.namespaceSelector.matchNames} if {
	count(input.spec.namespaceSelector.matchNames) > 0
} else := {resource.namespace}

selected := [service |
	some namespace in namespaces
	some service in bundle.services[namespace]
	selector.matches(input.spec.selector, object.get(service.metadata, "labels", {}))
] if {
	input.kind == "ServiceMonitor"
} else := [entry |
	some namespace in namespaces
	some entry in bundle.selected(namespace, input.spec.selector)
]

port_names contains port.name if {
	some service in selected
	input.kind == "ServiceMonitor"
	some port in service.spec.ports
}

port_names contains port.name if {
	input.kind == "PodMonitor"
	some entry in selected
	some c in entry.spec.containers
	some port in c.ports
}

prometheus_selectors contains chosen if {
	some namespace, _ in data.inventory.namespace
	some owner in inventory.namespaced(namespace, "monitoring.coreos.com", "Prometheus")
	chosen := owner.spec[monitor_field]
}

monitor_field := "serviceMonitorSelector" if {
	input.kind == "ServiceMonitor"
} else := "podMonitorSelector"
