package lintel.secrets.helm_values_secret_test

import data.lintel.secrets.helm_values_secret as policy

defaults := {"LT-SEC-009": {"allowKeys": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_helmvalues_helmvalues if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "HelmValues",
		"values": {
			"image": {"repository": "example.com/app"},
			"imageCredentials": {"registry": "registry.example.com", "username": "ci", "password": "hunter2"},
			"env": [{"name": "API_TOKEN", "value": "abcdef"}],
		},
	}) == {"value env.0.value holds a readable credential", "value imageCredentials.password holds a readable credential"}
}

test_reports_helmvalues_helmvalues_2 if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "HelmValues",
		"values": {
			"registry": {
				"dockerconfigjson": "eyJhdXRocyI6e319",
				"auths": {"registry.example.com": {"auth": "dXNlcjpwYXNz"}},
			},
			"oauth": {"clientSecret": "abcdefgh"},
			"database": {"url": "mysql://root:toor@db/shop"},
		},
	}) == {"value database.url holds a readable credential", "value oauth.clientSecret holds a readable credential", "value registry.auths.registry.example.com.auth holds a readable credential", "value registry.dockerconfigjson holds a readable credential"}
}

test_allows_helmvalues_helmvalues if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "HelmValues",
		"values": {
			"imagePullSecrets": [{"name": "registry"}],
			"auth": {"existingSecret": "db-credentials", "passwordKey": "password", "secret": "db", "password": ""},
			"serviceAccount": {"automountServiceAccountToken": false, "tokenPath": "/var/run/token"},
			"registry": {"secretName": "pull", "secretKey": "Token-1"},
		},
	}) == set()
}

test_allows_helmvalues_helmvalues_2 if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "HelmValues",
		"values": {"password": "ENC[AES256_GCM,data:abc]", "token": "abc", "sops": {"mac": "x"}},
	}) == set()
}
