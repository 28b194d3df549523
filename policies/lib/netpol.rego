# NetworkPolicies and the kinds beside them that isolate Pods.
package lintel.lib.netpol

import data.lintel.lib.index
import data.lintel.lib.inventory
import data.lintel.lib.partners
import data.lintel.lib.selector

# directions are the effective policyTypes of a NetworkPolicy: Ingress always by default,
# Egress when there are egress rules.
directions(policy) := {direction | some direction in policy.spec.policyTypes} if {
	count(policy.spec.policyTypes) > 0
} else := {"Ingress", "Egress"} if {
	count(policy.spec.egress) > 0
} else := {"Ingress"}

# summaries tell of the NetworkPolicies of each selector which directions they limit and, by name in quotes, which of them
# let the Pods connect anywhere.
summaries := {namespace: {query.text: {"directions": limited, "open": open} |
	some query in list
	limited := {direction | some policy in query.owners; some direction in directions(policy)}
	open := [sprintf("%q", [policy.metadata.name]) | some policy in query.owners; opens_egress(policy)]
} |
	some namespace, list in index.queries.policies
}

opens_egress(policy) if {
	"Egress" in directions(policy)
	some rule in policy.spec.egress
	unrestricted(rule, "to")
}

# isolated holds when a NetworkPolicy of the namespace isolates Pods with these labels, given as text, in a direction.
isolated(namespace, text, direction) if {
	some query in index.covering_text("policies", namespace, text)
	direction in summaries[namespace][query.text].directions
}

# open_egress names the NetworkPolicies that let Pods with these labels connect anywhere; undefined when none does.
open_egress(namespace, text) := partners.told(first, total) if {
	lists := [summaries[namespace][query.text].open | some query in index.covering_text("policies", namespace, text)]
	total := sum([count(list) | some list in lists])
	total > 0
	first := array.slice([name | some list in lists; some name in array.slice(list, 0, partners.most)], 0, partners.most)
}

# covered_elsewhere holds when a policy of another kind isolates Pods with these labels.
covered_elsewhere(namespace, labels, direction) if elsewhere(namespace, json.marshal(labels), direction)

elsewhere(namespace, text, direction) if {
	some query in index.covering_text("cilium", namespace, text)
	some spec in query.owners
	is_array(spec[lower(direction)])
}

elsewhere(_, text, direction) if {
	some policy in clusterwide("cilium.io", "CiliumClusterwideNetworkPolicy")
	some spec in index.cilium_specs(policy)
	is_array(spec[lower(direction)])
	selector.matches(spec.endpointSelector, json.unmarshal(text))
}

# Calico selectors are text in a language of their own: such a policy counts for its namespace.
elsewhere(namespace, _, direction) if {
	some group in ["projectcalico.org", "crd.projectcalico.org"]
	some policy in inventory.namespaced(namespace, group, "NetworkPolicy")
	calico_applies(policy, direction)
}

elsewhere(namespace, text, direction) if {
	some kind in ["AdminNetworkPolicy", "BaselineAdminNetworkPolicy"]
	some policy in clusterwide("policy.networking.k8s.io", kind)
	count(policy.spec[lower(direction)]) > 0
	admin_subject(policy.spec.subject, namespace, json.unmarshal(text))
}

# Custom kinds without a namespace stand under "default" when their scope is not known.
clusterwide(group, kind) := array.concat(inventory.cluster(group, kind), inventory.namespaced("default", group, kind))

calico_applies(policy, direction) if direction in policy.spec.types

calico_applies(policy, direction) if count(policy.spec[lower(direction)]) > 0

admin_subject(subject, namespace, _) if selector.matches(subject.namespaces, namespace_labels(namespace))

admin_subject(subject, namespace, labels) if {
	selector.matches(subject.pods.namespaceSelector, namespace_labels(namespace))
	selector.matches(subject.pods.podSelector, labels)
}

namespace_labels(name) := object.union(own, {"kubernetes.io/metadata.name": name}) if {
	own := data.inventory.cluster.v1.Namespace[name].metadata.labels
} else := {"kubernetes.io/metadata.name": name}

# unrestricted holds for a rule that lets traffic through to or from everywhere on every port.
unrestricted(rule, peers) if {
	is_object(rule)
	not listed(rule, "ports")
	not listed(rule, peers)
}

unrestricted(rule, peers) if {
	not listed(rule, "ports")
	some peer in rule[peers]
	peer.ipBlock.cidr in {"0.0.0.0/0", "::/0"}
	not listed(peer.ipBlock, "except")
}

listed(node, field) if count(node[field]) > 0

# in_use holds for namespaces with a policy in the input; those of the others may be kept elsewhere.
in_use(namespace) if {
	some group in ["networking.k8s.io", "cilium.io", "projectcalico.org", "crd.projectcalico.org"]
	some kind in ["NetworkPolicy", "CiliumNetworkPolicy"]
	count(inventory.namespaced(namespace, group, kind)) > 0
}
