# Admission webhook configurations.
package lintel.lib.webhooks

import data.lintel.lib.resource

all := [webhook | some webhook in input.webhooks; is_object(webhook)]

# fails_closed holds when the API server refuses requests it cannot ask the webhook about:
# the default since admissionregistration.k8s.io/v1.
fails_closed(webhook) if webhook.failurePolicy == "Fail"

fails_closed(webhook) if {
	object.get(webhook, "failurePolicy", null) == null
	resource.version == "v1"
}

# describe names a webhook in a message.
describe(webhook) := sprintf("webhook %q", [webhook.name]) if {
	is_string(webhook.name)
} else := "webhook without a name"

# touches holds when a rule fires for creating or changing one of the resources.
touches(webhook, groups, resources) if {
	some rule in webhook.rules
	not rule.scope == "Cluster"
	one_of(rule.apiGroups, groups)
	one_of(rule.resources, resources)
	one_of(rule.operations, {"CREATE", "UPDATE"})
}

# reaches_cluster holds when a rule fires for creating or changing objects of no namespace. Requests about a Namespace carry
# its name.
reaches_cluster(webhook) if {
	some rule in webhook.rules
	not rule.scope == "Namespaced"
	one_of(rule.operations, {"CREATE", "UPDATE", "DELETE"})
	some entry in rule.resources
	of_cluster(entry)
}

of_cluster(entry) if entry in {"*", "*/*"}

of_cluster(entry) if split(entry, "/")[0] in cluster_resources

cluster_resources := {
	"nodes", "persistentvolumes", "clusterroles", "clusterrolebindings", "storageclasses", "volumeattachments",
	"csidrivers", "csinodes", "volumeattributesclasses", "volumesnapshotclasses", "volumesnapshotcontents",
	"validatingwebhookconfigurations", "mutatingwebhookconfigurations", "validatingadmissionpolicies",
	"validatingadmissionpolicybindings", "customresourcedefinitions", "apiservices", "priorityclasses",
	"runtimeclasses", "ingressclasses", "gatewayclasses", "certificatesigningrequests", "clustertrustbundles",
	"flowschemas", "prioritylevelconfigurations", "deviceclasses", "clusterissuers", "clustersecretstores",
	"clusterexternalsecrets", "clusterpolicies", "constrainttemplates", "securitycontextconstraints",
}

one_of(list, wanted) if {
	some item in list
	item in wanted
}

one_of(list, _) if {
	some item in list
	item in {"*", "*/*"}
}
