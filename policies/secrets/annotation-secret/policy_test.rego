package lintel.secrets.annotation_secret_test

import data.lintel.secrets.annotation_secret as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as {"LT-SEC-014": {"allowNames": ["example.org/known"]}}
}

service(annotations) := {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a", "annotations": annotations}}

test_reports_tokens_addresses_and_settings if {
	every value in ["glpat-Ab1Cd2Ef3Gh4Ij5Kl6Mn", "https://bot:Zx81kPq2@example.org/x", "{\"password\": \"Zx81kPq2\"}"] {
		messages(service({"example.org/x": value})) == {"annotation \"example.org/x\" of Service \"a\" holds a readable credential"}
	}
}

test_reports_what_kubectl_leaves_of_a_secret if {
	messages({
		"apiVersion": "v1", "kind": "Secret",
		"metadata": {"name": "a", "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{\"data\": {\"a\": \"YWJj\"}}"}},
	}) == {"annotation \"kubectl.kubernetes.io/last-applied-configuration\" of Secret \"a\" holds a readable credential"}
}

test_reports_pod_templates_and_names if {
	messages({
		"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
		"spec": {"template": {"metadata": {"annotations": {"bot-token": "Zx81kPq2"}}}},
	}) == {"annotation \"bot-token\" of the Pod template holds a readable credential"}
	messages(service({"db-password": "Zx81kPq2"})) == {"annotation \"db-password\" of Service \"a\" holds a readable credential"}
}

test_allows_names_of_secrets_and_settings if {
	messages(service({
		"secret.reloader.stakater.com/reload": "dns-secret", "example.org/known": "glpat-Ab1Cd2Ef3Gh4Ij5Kl6Mn",
		"vault.hashicorp.com/agent-inject-secret-db": "secret/data/db", "nginx.ingress.kubernetes.io/auth-secret": "basic-auth",
		"checksum/secret": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"example.org/number": 3,
	})) == set()
	messages({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "annotations": {"a": "b"}}}) == set()
}
