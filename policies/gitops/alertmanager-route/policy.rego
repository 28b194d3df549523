# METADATA
# scope: package
# title: Alertmanager routes do not fit the receivers
# description: Alertmanager refuses a configuration whose routes name unknown receivers or intervals; a receiver nobody uses is a route forgotten.
# related_resources:
# - ref: https://prometheus.io/docs/alerting/latest/configuration/#route
# custom:
#   id: LT-MON-003
#   slug: alertmanager-route
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: lintel, kinds: [AlertmanagerConfigFile, HelmValues]}
#   - {group: monitoring.coreos.com, kinds: [AlertmanagerConfig]}
#   - {group: "", kinds: [Secret, ConfigMap]}
#   profiles: [recommended]
#   remediation: Make every route name an existing receiver and interval, and remove what is unused.
#   effort: low
#   compliance:
#     soc2-2017: ["CC7.2"]
package lintel.gitops.alertmanager_route

import data.lintel.lib.alertmanager
import data.lintel.lib.finding

deny contains finding.at(alertmanager.holder(route), alertmanager.place(route, "receiver"), msg) if {
	some route in routes
	name := route.node.receiver
	not name in names(route.document.config)
	msg := sprintf("a route names the receiver %q, which is not defined", [name])
}

deny contains finding.at(alertmanager.holder(entry), alertmanager.place(entry, "route"), msg) if {
	some entry in roots
	not has_default(entry.node)
	msg := "the root route names no receiver"
}

deny contains finding.at(alertmanager.holder(entry), alertmanager.place(entry, "name"), msg) if {
	some entry in receivers
	not entry.node.name in used(entry.document)
	msg := sprintf("receiver %q is used by no route", [entry.node.name])
}

deny contains finding.at(alertmanager.holder(route), alertmanager.place(route, key), msg) if {
	some route in routes
	some key in ["mute_time_intervals", "active_time_intervals", "muteTimeIntervals", "activeTimeIntervals"]
	some name in route.node[key]
	not name in intervals(route.document.config)
	msg := sprintf("a route names the time interval %q, which is not defined", [name])
}

deny contains finding.at(alertmanager.holder(entry), alertmanager.place(entry, "equal"), msg) if {
	some entry in alertmanager.objects
	entry.path[0] in {"inhibit_rules", "inhibitRules"}
	count(entry.path) == 2
	count(object.get(entry.node, "equal", [])) == 0
	msg := "an inhibit rule compares no labels, so one alert silences all its targets"
}

roots := [entry |
	some entry in alertmanager.objects
	count(entry.path) == 0
	entry.node.receivers
]

# Routes are the root route and everything nested under `routes`.
routes := [entry |
	some entry in alertmanager.objects
	is_route(entry.path)
]

is_route(["route"])

is_route(path) if {
	path[0] == "route"
	path[count(path) - 2] == "routes"
}

receivers := [entry |
	some entry in alertmanager.objects
	entry.path[0] == "receivers"
	count(entry.path) == 2
	is_string(entry.node.name)
]

names(config) := {receiver.name | some receiver in alertmanager.receivers(config)}

used(document) := {entry.node.receiver | some entry in routes; entry.document == document}

intervals(config) := {interval.name |
	some key in ["time_intervals", "mute_time_intervals", "timeIntervals", "muteTimeIntervals"]
	some interval in config[key]
}

has_default(config) if config.route.receiver != ""
