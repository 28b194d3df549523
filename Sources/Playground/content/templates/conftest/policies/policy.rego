package main

import rego.v1

deny contains msg if {
	input.kind == "Service"
	input.spec.type == "NodePort"
	msg := sprintf("Service %s opens a port on every node", [input.metadata.name])
}

warn contains msg if {
	not input.metadata.labels.team
	msg := sprintf("%s %s does not say which team owns it", [input.kind, input.metadata.name])
}

violation contains {"msg": msg, "details": {"host": rule.host}} if {
	input.kind == "Ingress"
	some rule in input.spec.rules
	not covered(rule.host)
	msg := sprintf("host %s is served without TLS", [rule.host])
}

covered(host) if {
	some tls in input.spec.tls
	host in tls.hosts
}
