package lintel.secrets.tls_key_in_git_test

import data.lintel.secrets.tls_key_in_git as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_secret_tls if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "tls"},
		"type": "kubernetes.io/tls",
		"data": {"tls.crt": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t", "tls.key": "AAAA"},
	}) == {"Secret \"tls\" holds a private key in \"tls.key\""}
}

test_reports_secret_ssh if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "ssh"},
		"data": {"id_rsa": "LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUgS0VZLS0tLS0KYWJj"},
		"stringData": {"pem": "-----BEGIN PRIVATE KEY-----\nabc"},
	}) == {"Secret \"ssh\" holds a private key in \"id_rsa\"", "Secret \"ssh\" holds a private key in \"pem\""}
}

test_allows_secret_tls if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "tls"},
		"type": "kubernetes.io/tls",
		"data": {"tls.crt": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t", "tls.key": ""},
	}) == set()
}

test_allows_configmap_ca if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "ca"},
		"data": {"ca.crt": "-----BEGIN CERTIFICATE-----\nabc", "tls.key": "{{ .Values.key }}"},
	}) == set()
}
