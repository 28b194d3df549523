# METADATA
# scope: package
# title: Kubernetes Dashboard is deployed
# description: The dashboard has been the door to whole clusters when it was exposed or ran with wide rights; it is archived upstream.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/
# custom:
#   id: LT-POD-053
#   slug: dashboard
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   - {group: "", kinds: [Service]}
#   requires: []
#   parameters: {}
#   remediation: "Remove the dashboard, or use a client outside the cluster."
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-4"]
#     mitre-attack: ["T1133"]
#     soc2-2017: ["CC6.6"]
package lintel.security.dashboard

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.at(c, "image", msg) if {
	some c in resource.containers
	name := image.by_reference[c.image].name
	some end in ["/kubernetesui/dashboard", "/kubernetesui/dashboard-web", "/kubernetesui/dashboard-api", "/kubernetes-dashboard-amd64"]
	endswith(name, end)
	msg := sprintf("%s runs the Kubernetes Dashboard (%s)", [resource.describe(c), c.image])
}

deny contains finding.at(input, "metadata.labels", msg) if {
	not resource.is_workload
	some key in ["k8s-app", "app.kubernetes.io/name", "app"]
	resource.labels[key] == "kubernetes-dashboard"
	msg := sprintf("%s %q belongs to the Kubernetes Dashboard", [input.kind, resource.name])
}
