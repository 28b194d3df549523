package lintel.secrets.secret_plaintext_test

import data.lintel.secrets.secret_plaintext as policy

defaults := {"LT-SEC-001": {"allowNames": [], "allowKeys": ["ca.crt", "namespace"]}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_secret_db if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "db"},
		"type": "Opaque",
		"data": {"password": "c2VjcmV0LXBhc3N3b3Jk", "username": "YWRtaW4="},
	}) == {"Secret \"db\" holds readable values in data: password"}
}

test_reports_secret_api if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "api"},
		"stringData": {"path": "/9j/4AAQ", "token": "abcdef", "truth": "true"},
	}) == {"Secret \"api\" holds readable values in stringData: path, token, truth"}
}

test_reports_secret_sa if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "sa", "annotations": {"kubernetes.io/service-account.name": "web"}},
		"type": "kubernetes.io/service-account-token",
	}) == {"Secret \"sa\" of type kubernetes.io/service-account-token is a cluster credential"}
}

test_allows_secret_sops if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "sops"},
		"data": {"password": "ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]"},
		"sops": {"mac": "ENC[AES256_GCM,data:x]", "age": [{"recipient": "age1"}]},
	}) == set()
}

test_allows_secret_templates if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "templates"},
		"stringData": {
			"a": "{{ .Values.password }}",
			"b": "${PASSWORD}",
			"c": "<path:secret/data/db#password>",
			"d": "ref+vault://secret/db#/password",
			"e": "",
		},
		"data": {"f": "PHBhc3N3b3JkPg==", "ca.crt": "LS0tLS1CRUdJTg=="},
	}) == set()
}

test_allows_secret_empty if {
	messages({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "empty"}, "type": "Opaque"}) == set()
}
