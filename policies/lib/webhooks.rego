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

one_of(list, wanted) if {
	some item in list
	item in wanted
}

one_of(list, _) if {
	some item in list
	item in {"*", "*/*"}
}
