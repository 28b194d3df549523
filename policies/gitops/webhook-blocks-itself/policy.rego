# METADATA
# scope: package
# title: Webhook can block its own Pods or kube-system
# description: "A webhook that fails closed and matches the Pods it runs in, or system Pods, keeps the cluster from recovering after an outage. A match condition that reads request.namespace without asking whether there is one is an error for objects of the cluster, such as ClusterRoles: the webhook never judges them."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/
# custom:
#   id: LT-HOOK-001
#   slug: webhook-blocks-itself
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [gitops]
#   confidence: needs-context
#   scope: bundle
#   targets:
#   - {group: admissionregistration.k8s.io, kinds: [ValidatingWebhookConfiguration, MutatingWebhookConfiguration]}
#   requires: []
#   profiles: [recommended]
#   parameters:
#     systemNamespaces: {type: array, items: {type: string}, default: [kube-system]}
#   remediation: "Exclude its own namespace and kube-system in namespaceSelector (kubernetes.io/metadata.name NotIn), or use failurePolicy Ignore. Let a match condition that reads request.namespace begin with !has(request.namespace) ||."
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     mitre-attack: ["T1499"]
#     soc2-2017: ["A1.2"]
package lintel.gitops.webhook_blocks_itself

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.index
import data.lintel.lib.netpol
import data.lintel.lib.selector
import data.lintel.lib.webhooks

deny contains finding.at(webhook, "namespaceSelector", msg) if {
	some webhook in webhooks.all
	webhooks.fails_closed(webhook)
	webhooks.touches(webhook, {"", "apps"}, {"pods", "replicasets"})
	own := webhook.clientConfig.service.namespace
	selects_namespace(webhook, own)
	not spares_own_pods(webhook)
	msg := sprintf("%s fails closed and matches Pods of its own namespace %q", [webhooks.describe(webhook), own])
}

deny contains finding.at(webhook, "namespaceSelector", msg) if {
	some webhook in webhooks.all
	webhooks.fails_closed(webhook)
	webhooks.touches(webhook, {"", "apps", "batch", "coordination.k8s.io", "discovery.k8s.io"}, system_resources)
	some system in data.parameters["LT-HOOK-001"].systemNamespaces
	not system == webhook.clientConfig.service.namespace
	selects_namespace(webhook, system)
	not opt_in(webhook)
	msg := sprintf("%s fails closed and matches objects of %s", [webhooks.describe(webhook), system])
}

system_resources := {
	"pods", "daemonsets", "deployments", "replicasets", "statefulsets", "jobs", "services", "endpoints",
	"endpointslices", "configmaps", "secrets", "serviceaccounts", "leases",
}

# Objects of the cluster have no request.namespace. The expression is an error for them: with Ignore they are admitted
# unjudged, with Fail they are refused.
deny contains object.union(finding.at(condition, "expression", msg), {"severity": "high"}) if {
	some webhook in webhooks.all
	webhooks.reaches_cluster(webhook)
	some condition in webhook.matchConditions
	reads_namespace(condition.expression)
	msg := sprintf(
		"match condition %q of %s reads request.namespace, which objects of the cluster do not have: %s",
		[object.get(condition, "name", ""), webhooks.describe(webhook), outcome(webhook)],
	)
}

reads_namespace(expression) if {
	is_string(expression)
	regex.match(`\brequest\s*\.\s*namespace\b`, expression)
	not regex.match(`\bhas\s*\(\s*request\s*\.\s*namespace\s*\)`, expression)
	not regex.match(`["']namespace["']\s+in\s+request\b`, expression)
}

outcome(webhook) := "they are refused" if {
	webhooks.fails_closed(webhook)
} else := "they are admitted unjudged"

# A namespace is spared by namespaceSelector or by a match condition that names it.
selects_namespace(webhook, namespace) if {
	selector.matches(namespace_selector(webhook), netpol.namespace_labels(namespace))
	not named_in_condition(webhook, namespace)
}

namespace_selector(webhook) := webhook.namespaceSelector if {
	is_object(webhook.namespaceSelector)
} else := {}

named_in_condition(webhook, namespace) if {
	some condition in webhook.matchConditions
	contains(condition.expression, namespace)
}

# Objects must ask for the webhook by a label of their own.
opt_in(webhook) if count(object.get(webhook.objectSelector, "matchLabels", {})) > 0

opt_in(webhook) if {
	some term in webhook.objectSelector.matchExpressions
	term.operator in {"In", "Exists"}
}

# Where the Pods of the webhook are unknown, an objectSelector gets the benefit of the doubt.
spares_own_pods(webhook) if {
	is_object(webhook.objectSelector)
	count(webhook.objectSelector) > 0
	every group in own_pods(webhook) { not selector.matches(webhook.objectSelector, group.labels) }
}

own_pods(webhook) := index.selected("pods", service.namespace, {"matchLabels": wanted}) if {
	service := webhook.clientConfig.service
	wanted := bundle.services[service.namespace][service.name].spec.selector
} else := []
