# METADATA
# scope: package
# title: Retired ingress-nginx controller
# description: The ingress-nginx project ended in March 2026; new holes in it are not mended any more.
# related_resources:
# - ref: https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
# custom:
#   id: LT-API-007
#   slug: ingress-nginx-eol
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [deprecation]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   - {group: networking.k8s.io, kinds: [IngressClass]}
#   profiles: [recommended]
#   remediation: Move to a Gateway API implementation or another controller.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     mitre-attack: ["T1190"]
#     soc2-2017: ["CC7.1"]
package lintel.deprecation.ingress_nginx_eol

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.at(c, "image", msg) if {
	some c in resource.containers
	repository := image.by_reference[c.image].repository
	retired(repository)
	msg := sprintf("%s runs the retired ingress-nginx controller (%s)", [resource.describe(c), c.image])
}

deny contains finding.at(input, "spec.controller", msg) if {
	input.kind == "IngressClass"
	input.spec.controller == "k8s.io/ingress-nginx"
	msg := sprintf("IngressClass %q is served by the retired ingress-nginx controller", [resource.name])
}

retired(repository) if endswith(repository, "ingress-nginx/controller")

retired(repository) if endswith(repository, "ingress-nginx/controller-chroot")

retired(repository) if endswith(repository, "kubernetes-ingress-controller/nginx-ingress-controller")
