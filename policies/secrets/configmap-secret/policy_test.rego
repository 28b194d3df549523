package lintel.secrets.configmap_secret_test

import data.lintel.secrets.configmap_secret as policy

defaults := {"LT-SEC-005": {"allowNames": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_configmap_a if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "a"},
		"data": {"DB_PASSWORD": "hunter2", "mode": "fast"},
	}) == {"ConfigMap \"a\" holds a readable credential in \"DB_PASSWORD\""}
}

test_reports_configmap_b if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "b"},
		"data": {
			"application.properties": "db.user=app\ndb.password=hunter2\n",
			"key.pem": "-----BEGIN EC PRIVATE KEY-----\nabc\n-----END EC PRIVATE KEY-----",
		},
	}) == {"ConfigMap \"b\" holds a readable credential in \"application.properties\" (db.password)", "ConfigMap \"b\" holds a readable credential in \"key.pem\" (private key)"}
}

test_allows_configmap_a if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "a"},
		"data": {
			"mode": "fast",
			"PASSWORD_FILE": "/run/secrets/db",
			"application.properties": "db.user=app\ndb.password=${DB_PASSWORD}\ntoken.ttl=3600\n",
		},
	}) == set()
}

test_allows_configmap_ca if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "ca"},
		"data": {"ca.crt": "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----"},
	}) == set()
}
