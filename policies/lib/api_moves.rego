# Fields that have another name in the version that replaced an API version.
package lintel.lib.api_moves

# fields holds the operations that rename the fields of the reviewed object, besides its apiVersion.
fields := array.concat([op | some op in default_backend], [op |
	some i, rule in input.spec.rules
	some j, path in rule.http.paths
	some op in path_moves(sprintf("/spec/rules/%d/http/paths/%d", [i, j]), path)
]) if {
	input.kind == "Ingress"
} else := [op | some i, metric in input.spec.metrics; some op in metric_moves(sprintf("/spec/metrics/%d/resource", [i]), metric.resource)] if {
	input.apiVersion == "autoscaling/v2beta1"
} else := [op | some op in [{"op": "add", "path": "/handler", "value": input.spec.runtimeHandler}, {"op": "remove", "path": "/spec"}]] if {
	input.kind == "RuntimeClass"
	input.spec.runtimeHandler
} else := [{"op": "move", "from": "/spec/limited/assuredConcurrencyShares", "path": "/spec/limited/nominalConcurrencyShares"}] if {
	input.kind == "PriorityLevelConfiguration"
	input.spec.limited.assuredConcurrencyShares
} else := []

default_backend := array.concat(backend_moves("/spec/backend", input.spec.backend), [{"op": "move", "from": "/spec/backend", "path": "/spec/defaultBackend"}]) if {
	input.spec.backend
} else := []

path_moves(place, path) := array.concat(
	backend_moves(concat("", [place, "/backend"]), path.backend),
	[{"op": "add", "path": concat("", [place, "/pathType"]), "value": "ImplementationSpecific"} | not path.pathType],
)

backend_moves(place, backend) := [
	{"op": "add", "path": concat("", [place, "/service/name"]), "value": backend.serviceName},
	{"op": "add", "path": concat("", [place, "/service/port/", port_field(backend.servicePort)]), "value": backend.servicePort},
	{"op": "remove", "path": concat("", [place, "/serviceName"])},
	{"op": "remove", "path": concat("", [place, "/servicePort"])},
] if {
	backend.serviceName
	backend.servicePort
} else := []

port_field(port) := "number" if is_number(port)

else := "name"

metric_moves(place, source) := [
	{"op": "add", "path": concat("", [place, "/target"]), "value": {"type": form.type, form.field: source[old]}},
	{"op": "remove", "path": concat("/", [place, old])},
] if {
	some old, form in metric_forms
	source[old]
} else := []

metric_forms := {
	"targetAverageUtilization": {"type": "Utilization", "field": "averageUtilization"},
	"targetAverageValue": {"type": "AverageValue", "field": "averageValue"},
}
