# METADATA
# title: Init containers need a memory limit
# custom:
#   id: SHOP-001
#   severity: medium
#   targets:
#   - {group: apps, kinds: [Deployment, StatefulSet, DaemonSet]}
#   - {group: batch, kinds: [Job, CronJob]}
#   - {group: "", kinds: [Pod]}
package shop.limits

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(container, "resources.limits.memory", msg) if {
	some container in resource.containers
	not container.resources.limits.memory
	msg := sprintf("%s has no memory limit", [resource.describe(container)])
}
