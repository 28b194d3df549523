# What can be known of objects that a reference names and the input does not hold. The input is a part of
# the world: operators, generators, other repositories and people make objects too. So a missing object is
# a finding only where something in the input shows a mistake; everything else is unknown, and unknown is
# nothing, or worth a note when references are asked to be strict.
package lintel.lib.world

import data.lintel.lib.bundle
import data.lintel.lib.index
import data.lintel.lib.inventory
import data.lintel.lib.resource

# most_compared bounds the search for a name that was meant.
most_compared := 400

strict if data.settings.strict_references == true

# missing judges a reference by kind and name to an object that is not in the namespace.
missing(namespace, group, kind, name) := {"sure": true, "hint": sprintf("; there is %s %q", [kind, others[0]])} if {
	not declared(kind, namespace, name)
	count(names(namespace, group, kind)) <= most_compared
	others := alike(by_form(namespace, group, kind), name)
	count(others) > 0
} else := {"sure": false, "hint": ""} if {
	strict
	not declared(kind, namespace, name)
}

names(namespace, group, kind) := {object.metadata.name | some object in inventory.namespaced(namespace, group, kind)}

# by_form lists the names of the objects of a kind by what `shorter` makes of them.
by_form(namespace, group, kind) := {form: list | some form, list in forms_of(names(namespace, group, kind))}

# forms_of lists names by what is left of them without one character.
forms_of(known) := index.grouped([{"key": form, "value": name} | some name in known; some form in shorter(name)])

# alike lists, in order, the names that are near to one, of names by their forms: names without a common form are not near.
alike(forms, name) := sort(candidates) if {
	candidates := {other | some form in shorter(name); some other in forms[form]; near(name, other)}
}

# declared holds for what the configuration says exists in the cluster.
declared(kind, namespace, name) if {
	some entry in data.settings.existing
	fits(entry, "kind", kind)
	fits(entry, "namespace", namespace)
	fits(entry, "name", name)
}

fits(entry, field, text) if glob.match(object.get(entry, field, "*"), [], text)

# unselected judges a selector that fits no Pod template of the namespace.
unselected(namespace, wanted) := {"sure": true, "hint": sprintf("; %s %q has other labels", [found.kind, found.metadata.name])} if {
	not declared("Pod", namespace, resource.name)
	not operated(namespace)
	count(bundle.templates[namespace]) <= most_compared
	first := min([group.first | some group in index.groups.pods[namespace]; mistaken(wanted, group)])
	found := bundle.templates[namespace][first].object
} else := {"sure": false, "hint": ""} if {
	strict
	not declared("Pod", namespace, resource.name)
	count(bundle.templates[namespace]) > 0
}

# mistaken holds when one pair of the selector differs from the labels of a group of Pods, and shows that they were meant.
mistaken(wanted, group) if {
	wrong := {key | some key, value in wanted; not group.labels[key] == value}
	count(wrong) == 1
	some key in wrong
	meant(wanted, key, group)
}

meant(wanted, key, group) if near(wanted[key], group.labels[key])

meant(wanted, key, group) if {
	some other, value in wanted
	other != key
	not shared_keys[other]
	group.labels[other] == value
	not group.labels[key]
}

# Labels that all parts of an application carry.
shared_keys := {
	"app.kubernetes.io/part-of", "app.kubernetes.io/managed-by", "app.kubernetes.io/instance", "app.kubernetes.io/version",
	"helm.sh/chart", "release", "heritage", "chart", "environment", "env", "tier", "team",
}

# settled leaves out the labels that controllers put on Pods.
settled(labels) := {key: value |
	some key, value in labels
	not controller_labels[key]
	not startswith(key, "batch.kubernetes.io/")
	not startswith(key, "leaderworkerset.sigs.k8s.io/")
}

controller_labels := {
	"statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index", "controller-revision-hash", "pod-template-hash",
	"pod-template-generation", "job-name", "controller-uid", "job-completion-index", "rollouts-pod-template-hash",
	"jobset.sigs.k8s.io/jobset-name", "role",
}

# operated holds for namespaces with objects that may make Pods of their own.
operated(namespace) if {
	some api_version, kinds in data.inventory.namespace[namespace]
	group := inventory.group_of(api_version)
	not quiet_groups[group]
	not endswith(group, ".k8s.io")
	some kind, _ in kinds
	not kind in {"ServiceMonitor", "PodMonitor", "Probe", "PrometheusRule", "AlertmanagerConfig", "ScrapeConfig", "Rollout"}
}

quiet_groups := {
	"", "apps", "batch", "autoscaling", "policy", "extensions", "cert-manager.io", "external-secrets.io", "bitnami.com",
	"traefik.io", "traefik.containo.us", "networking.istio.io", "security.istio.io", "cilium.io", "keda.sh", "kyverno.io",
	"projectcalico.org", "crd.projectcalico.org", "secrets.hashicorp.com", "notification.toolkit.fluxcd.io", "lintel",
	"kustomize.config.k8s.io", "apps.openshift.io",
}

# near holds for names that differ by one character, other than a digit.
near(name, other) if {
	name != other
	count(name) > 2
	shorter(name) & shorter(other) != set()
	regex.replace(name, `[0-9]`, "") != regex.replace(other, `[0-9]`, "")
}

# shorter holds a name and what is left of it without one of its characters.
shorter(name) := {name} | {concat("", [substring(name, 0, index), substring(name, index + 1, -1)]) |
	some index in numbers.range(0, count(name) - 1)
}

# settled_selector is a label selector without the labels that controllers put on Pods.
settled_selector(selector) := object.union(selector, {"matchLabels": null}) if {
	count(pairs(selector)) == 0
} else := object.union(object.remove(selector, ["matchLabels"]), {"matchLabels": pairs(selector)})

# pairs are the labels a selector wants, without those that controllers put on Pods.
pairs(selector) := settled(selector.matchLabels) if {
	is_object(selector.matchLabels)
} else := {}
