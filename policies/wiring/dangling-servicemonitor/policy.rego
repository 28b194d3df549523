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
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: monitoring.coreos.com, kinds: [ServiceMonitor, PodMonitor]}
#   requires: [Service, Pod, apps/Deployment, apps/StatefulSet, apps/DaemonSet]
#   profiles: []
#   remediation: Make the selector and port names fit, and the labels fit a Prometheus.
#   effort: low
#   compliance:
#     soc2-2017: ["CC7.2"]
package lintel.wiring.dangling_servicemonitor

import data.lintel.lib.finding
import data.lintel.lib.index
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
	chosen := prometheus_selectors[monitor_field]
	count(chosen) > 0
	every wanted in chosen { not selector.matches(wanted, resource.labels) }
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

member_kind := "services" if {
	input.kind == "ServiceMonitor"
} else := "pods"

selected := [group |
	some namespace in namespaces
	some group in index.selected(member_kind, namespace, input.spec.selector)
]

port_names contains name if {
	some namespace in namespaces
	some name in ports_of(member_kind, namespace, json.marshal(input.spec.selector))
}

ports_of("services", namespace, text) := {port.name |
	some group in index.selected_by_text("services", namespace, text)
	some entry in group.members
	some port in entry.object.spec.ports
}

ports_of("pods", namespace, text) := {port.name |
	some group in index.selected_by_text("pods", namespace, text)
	some entry in group.members
	some c in entry.spec.containers
	some port in c.ports
}

prometheus_selectors[field] contains chosen if {
	some namespace, _ in data.inventory.namespace
	some owner in inventory.namespaced(namespace, "monitoring.coreos.com", "Prometheus")
	some field in ["serviceMonitorSelector", "podMonitorSelector"]
	chosen := owner.spec[field]
}

monitor_field := "serviceMonitorSelector" if {
	input.kind == "ServiceMonitor"
} else := "podMonitorSelector"
