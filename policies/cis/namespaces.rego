# Chapters 5.2.1, 5.3, 5.7.1 and 5.7.4: namespaces and what guards them.
package lintel.cis.v1_8

import data.lintel.cis.settings
import data.lintel.cis.sources

enforce_label := "pod-security.kubernetes.io/enforce"

namespaces contains document if {
	some document in sources.of_kind.Namespace
	not settings.exempt(document.doc.metadata.name)
}

# The level a namespace enforces: its label, else the cluster's default.
pod_security_level(doc) := level if {
	level := object.get(doc, ["metadata", "labels", enforce_label], "")
	level != ""
} else := default_level(doc.metadata.name)

pod_security_defaults contains document.doc if some document in sources.of_kind.PodSecurityConfiguration

pod_security_defaults contains plugin.configuration if {
	some document in sources.of_kind.AdmissionConfiguration
	some plugin in document.doc.plugins
	plugin.name == "PodSecurity"
	is_object(plugin.configuration)
}

# With several configurations in the input the weakest one counts.
default_level(namespace) := weakest(levels) if {
	levels := {level |
		some configuration in pod_security_defaults
		level := level_of(configuration, namespace)
	}
	count(levels) > 0
} else := "privileged"

level_of(configuration, namespace) := "privileged" if {
	namespace in object.get(configuration, ["exemptions", "namespaces"], [])
} else := object.get(configuration, ["defaults", "enforce"], "privileged")

weakest(levels) := "privileged" if {
	count(levels - {"baseline", "restricted"}) > 0
} else := "baseline" if {
	"baseline" in levels
} else := "restricted"

outcomes["5.2.1"] contains outcome if {
	some document in namespaces
	level := pod_security_level(document.doc)
	guard := guards_of(document.doc, level)
	outcome := {
		"verdict": verdict(count(guard) > 0),
		"path": sources.nearest(document, ["metadata", "labels", enforce_label]),
		"msg": guard_words(document.doc.metadata.name, guard, level),
	}
}

guards_of(_, level) := {sprintf("Pod Security level %s", [level])} if level in {"baseline", "restricted"}

guards_of(doc, level) := {guard.title |
	some guard in admission_guards
	guards(guard, doc)
} if {
	not level in {"baseline", "restricted"}
}

guard_words(name, guard, _) := sprintf("Namespace %s is guarded by %s", [name, concat(", ", guard)]) if count(guard) > 0

guard_words(name, guard, level) := sprintf("Namespace %s admits Pods at level %s and nothing else guards it", [name, level]) if count(guard) == 0

# With no Namespace in the input the cluster-wide default is all there is to judge.
outcomes["5.2.1"] contains outcome if {
	count(namespaces) == 0
	some kind in {"PodSecurityConfiguration", "AdmissionConfiguration"}
	some document in sources.of_kind[kind]
	count(pod_security_defaults) > 0
	level := default_level("")
	outcome := {"verdict": verdict(level in {"baseline", "restricted"}), "path": document.path, "msg": sprintf("the cluster enforces Pod Security level %s by default", [level])}
}

# Fail-closed admission rules on Pods: a webhook, a ValidatingAdmissionPolicy in force, or a policy engine's object.
admission_guards contains {"title": sprintf("%s %s", [document.doc.kind, document.doc.metadata.name]), "selector": object.get(webhook, "namespaceSelector", {}), "namespaces": []} if {
	some kind in {"ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"}
	some document in sources.of_kind[kind]
	some webhook in document.doc.webhooks
	object.get(webhook, "failurePolicy", "Fail") == "Fail"
	object.get(webhook, "objectSelector", {}) == {}
	some rule in webhook.rules
	covers_pods(rule)
}

admission_guards contains {"title": sprintf("ValidatingAdmissionPolicy %s", [policy.doc.metadata.name]), "selector": object.get(binding.doc, ["spec", "matchResources", "namespaceSelector"], {}), "namespaces": []} if {
	some policy in sources.of_kind.ValidatingAdmissionPolicy
	object.get(policy.doc.spec, "failurePolicy", "Fail") == "Fail"
	some rule in policy.doc.spec.matchConstraints.resourceRules
	covers_pods(rule)
	some binding in sources.of_kind.ValidatingAdmissionPolicyBinding
	binding.doc.spec.policyName == policy.doc.metadata.name
	"Deny" in binding.doc.spec.validationActions
}

admission_guards contains {"title": sprintf("ClusterPolicy %s", [document.doc.metadata.name]), "selector": {}, "namespaces": []} if {
	some document in sources.of_kind.ClusterPolicy
	sources.group(document.doc) == "kyverno.io"
	lower(object.get(document.doc.spec, "validationFailureAction", "Audit")) == "enforce"
	some rule in document.doc.spec.rules
	rule.validate
	some kind in kyverno_kinds(rule)
	kind in {"Pod", "*", "v1/Pod"}
}

kyverno_kinds(rule) := {kind | some kind in object.get(rule, ["match", "resources", "kinds"], [])} | {kind |
	some clause in ["any", "all"]
	some entry in object.get(rule, ["match", clause], [])
	some kind in object.get(entry, ["resources", "kinds"], [])
}

admission_guards contains {"title": sprintf("%s %s", [document.doc.kind, document.doc.metadata.name]), "selector": object.get(document.doc, ["spec", "match", "namespaceSelector"], {}), "namespaces": object.get(document.doc, ["spec", "match", "namespaces"], [])} if {
	some document in sources.documents
	sources.group(document.doc) == "constraints.gatekeeper.sh"
	object.get(document.doc.spec, "enforcementAction", "deny") == "deny"
	some match in document.doc.spec.match.kinds
	some kind in match.kinds
	kind in {"Pod", "*"}
}

covers_pods(rule) if {
	some resource in rule.resources
	resource in {"pods", "*", "*/*"}
	some group in rule.apiGroups
	group in {"", "*"}
	some operation in rule.operations
	operation in {"CREATE", "*"}
}

guards(guard, doc) if {
	namespace_listed(guard.namespaces, doc.metadata.name)
	selects(guard.selector, namespace_labels(doc))
}

namespace_listed([], _)

namespace_listed(names, name) if name in names

# The API server adds this label to every namespace.
namespace_labels(doc) := object.union(object.get(doc, ["metadata", "labels"], {}), {"kubernetes.io/metadata.name": doc.metadata.name})

# selects(selector, labels): a label selector's verdict.
selects(selector, labels) if {
	every key, value in object.get(selector, "matchLabels", {}) {
		labels[key] == value
	}
	every requirement in object.get(selector, "matchExpressions", []) {
		meets(requirement, labels)
	}
}

meets(requirement, labels) if {
	requirement.operator == "In"
	labels[requirement.key] in requirement.values
}

meets(requirement, labels) if {
	requirement.operator == "NotIn"
	not object.get(labels, requirement.key, null) in requirement.values
}

meets(requirement, labels) if {
	requirement.operator == "Exists"
	requirement.key in object.keys(labels)
}

meets(requirement, labels) if {
	requirement.operator == "DoesNotExist"
	not requirement.key in object.keys(labels)
}

# 5.3.1: network plugins known by their images or names; flannel routes but does not filter.
enforcing_plugins := ["calico", "cilium", "antrea", "canal", "kube-router", "ovn-kubernetes", "ovnkube", "weave", "aws-network-policy-agent", "azure-npm", "kube-ovn"]

plugin_words(document) := lower(concat(" ", array.concat([object.get(document.doc, ["metadata", "name"], "")], [image |
	some list in ["containers", "initContainers"]
	some container in object.get(document.doc, ["spec", "template", "spec", list], [])
	image := object.get(container, "image", "")
])))

outcomes["5.3.1"] contains outcome if {
	some document in sources.of_kind.DaemonSet
	some plugin in enforcing_plugins
	contains(plugin_words(document), plugin)
	outcome := {"verdict": "pass", "path": document.path, "msg": sprintf("%s is %s, which enforces NetworkPolicy", [title(document), plugin])}
}

outcomes["5.3.1"] contains outcome if {
	every document in sources.of_kind.DaemonSet {
		not enforcing(document)
	}
	some document in sources.of_kind.DaemonSet
	contains(plugin_words(document), "flannel")
	outcome := {"verdict": "fail", "path": document.path, "msg": sprintf("%s is flannel, which ignores NetworkPolicy", [title(document)])}
}

enforcing(document) if {
	some plugin in enforcing_plugins
	contains(plugin_words(document), plugin)
}

outcomes["5.3.1"] contains outcome if {
	some document in sources.of_kind.K3sConfig
	some name in k3s_plugins(document.doc.config)
	outcome := {"verdict": verdict(name != "none"), "path": array.concat(document.path, ["config"]), "msg": sprintf("RKE2/K3s network policy controller: %s", [name])}
}

k3s_plugins(config) := {name | some name in sources.list_of(config.cni); name in {"calico", "canal", "cilium"}} if {
	is_array(config.cni)
} else := {config.cni} if {
	config.cni in {"calico", "canal", "cilium"}
} else := {"none"} if {
	config["disable-network-policy"] == true
} else := {"kube-router"} if {
	sources.k3s_server(config)
	not config.cni
} else := set()

# 5.3.2: one policy per namespace at least; `strict` wants one that denies everything by default.
policy_kinds := {
	"NetworkPolicy": "networking.k8s.io",
	"CiliumNetworkPolicy": "cilium.io",
}

cluster_policy_kinds := {"CiliumClusterwideNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "GlobalNetworkPolicy"}

guarded_namespaces contains namespace_of(document.doc) if {
	some kind, group in policy_kinds
	some document in sources.of_kind[kind]
	sources.group(document.doc) == group
	strict_enough(document.doc)
}

strict_enough(_) if not settings.all.strict

strict_enough(doc) if {
	settings.all.strict
	doc.kind == "NetworkPolicy"
	object.get(doc.spec, "podSelector", {}) == {}
	{"Ingress", "Egress"} == {kind | some kind in doc.spec.policyTypes}
	count(object.get(doc.spec, "ingress", [])) == 0
	count(object.get(doc.spec, "egress", [])) == 0
}

cluster_wide_policy if {
	some kind in cluster_policy_kinds
	count(sources.of_kind[kind]) > 0
}

used_namespaces[name] contains document.path if {
	some document in namespaces
	name := document.doc.metadata.name
}

workload_namespaces[name] contains pod.path if {
	some pod in pods
	name := pod.namespace
}

outcomes["5.3.2"] contains outcome if {
	some name, paths in used_namespaces
	outcome := network_outcome(name, min(paths))
}

outcomes["5.3.2"] contains outcome if {
	some name, paths in workload_namespaces
	not used_namespaces[name]
	outcome := network_outcome(name, min(paths))
}

network_outcome(name, path) := {"verdict": "pass", "path": path, "msg": sprintf("namespace %s has a NetworkPolicy", [name])} if {
	name in guarded_namespaces
} else := {"verdict": "pass", "path": path, "msg": sprintf("a cluster-wide network policy covers namespace %s", [name])} if {
	cluster_wide_policy
} else := {"verdict": "fail", "path": path, "msg": sprintf("namespace %s has no NetworkPolicy%s", [name, strict_words])}

strict_words := " that denies by default" if settings.all.strict

strict_words := "" if not settings.all.strict

# 5.7.1: tenants live in namespaces of their own.
system_namespaces := {"default", "kube-system", "kube-public", "kube-node-lease"}

outcomes["5.7.1"] contains outcome if {
	lived_in := object.keys(workload_namespaces)
	count(lived_in) > 0
	own := lived_in - system_namespaces
	outcome := {"verdict": verdict(count(own) > 0), "path": [], "msg": sprintf("workloads live in: %s", [concat(", ", lived_in)])}
}

outcomes["5.7.1"] contains outcome if {
	count(workload_namespaces) == 0
	count(sources.of_kind.Namespace) > 0
	own := {name | some document in namespaces; name := document.doc.metadata.name; not name in system_namespaces}
	outcome := {"verdict": verdict(count(own) > 0), "path": [], "msg": sprintf("namespaces besides the system's: %d", [count(own)])}
}

# 5.7.4: kinds whose objects land in `default` when no namespace is given.
namespaced_kinds := {
	"ConfigMap", "ControllerRevision", "CronJob", "DaemonSet", "Deployment", "EndpointSlice", "Endpoints",
	"HorizontalPodAutoscaler", "Ingress", "Job", "Lease", "LimitRange", "NetworkPolicy", "PersistentVolumeClaim", "Pod",
	"PodDisruptionBudget", "PodTemplate", "ReplicaSet", "ReplicationController", "ResourceQuota", "Role", "RoleBinding",
	"Secret", "Service", "ServiceAccount", "StatefulSet",
}

in_default contains document if {
	some document in sources.documents
	document.path[0] == "resources"
	object.get(document.doc, ["metadata", "namespace"], "") == "default"
}

in_default contains document if {
	some kind in namespaced_kinds
	some document in sources.of_kind[kind]
	document.path[0] == "resources"
	namespace_of(document.doc) == "default"
}

belongs_in_default(doc) if {
	some kind, name in {"Service": "kubernetes", "Endpoints": "kubernetes", "EndpointSlice": "kubernetes", "ServiceAccount": "default", "ConfigMap": "kube-root-ca.crt"}
	doc.kind == kind
	doc.metadata.name == name
}

outcomes["5.7.4"] contains outcome if {
	some document in in_default
	not belongs_in_default(document.doc)
	not control_plane(document)
	outcome := {"verdict": "fail", "path": sources.nearest(document, ["metadata", "namespace"]), "msg": sprintf("%s is in the default namespace", [title(document)])}
}

outcomes["5.7.4"] contains outcome if {
	count(namespaced) > 0
	outcome := {"verdict": "pass", "path": [], "msg": sprintf("%d namespaced objects examined", [count(namespaced)])}
}

namespaced contains document if {
	some kind in namespaced_kinds
	some document in sources.of_kind[kind]
	document.path[0] == "resources"
	not control_plane(document)
}
