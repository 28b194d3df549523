# METADATA
# scope: package
# title: Admin interface is reachable from outside
# description: "Dashboards of Argo, Kubeflow, Weave Scope and the like run commands in the cluster and often ask for no password."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/service/
# custom:
#   id: LT-POD-054
#   slug: exposed-sensitive-ui
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [service]
#   profiles: [recommended, all]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: "", kinds: [Service]}
#   requires: []
#   parameters:
#     interfaces:
#       type: object
#       additionalProperties: {type: string}
#       default: {argo-server: Argo Workflows, argocd-server: Argo CD, kubernetes-dashboard: Kubernetes Dashboard, weave-scope-app: Weave Scope, kubeflow-ui: Kubeflow, centraldashboard: Kubeflow, istio-kiali: Kiali, kiali: Kiali, longhorn-ui: Longhorn, jenkins: Jenkins, prometheus: Prometheus, alertmanager: Alertmanager, etcd: etcd}
#       description: Service names and selector values that identify an interface, with the name to show.
#   remediation: "Make the Service ClusterIP, and reach it by port-forward or through an authenticating proxy."
#   fix: {op: replace, path: spec/type, value: ClusterIP, unsafe: true}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-2"]
#     mitre-attack: ["T1133"]
#     soc2-2017: ["CC6.6"]
package lintel.security.exposed_sensitive_ui

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.type", msg) if {
	input.spec.type in {"NodePort", "LoadBalancer"}
	product := interface
	msg := sprintf("Service %q exposes the interface of %s outside the cluster (type %s)", [resource.name, product, input.spec.type])
}

interface := min(products) if {
	products := {product |
		some word, product in data.parameters["LT-POD-054"].interfaces
		some text in identifying
		text == word
	}
	count(products) > 0
}

identifying := {resource.name} | {value | some value in input.spec.selector}
