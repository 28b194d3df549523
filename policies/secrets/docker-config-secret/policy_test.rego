package lintel.secrets.docker_config_secret_test

import data.lintel.secrets.docker_config_secret as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_secret_registry if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "registry"},
		"type": "kubernetes.io/dockerconfigjson",
		"data": {
			".dockerconfigjson": "eyJhdXRocyI6eyJyZWdpc3RyeS5leGFtcGxlLmNvbSI6eyJhdXRoIjoiZFhObGNqcHdZWE56In19fQ==",
		},
	}) == {"Secret \"registry\" holds registry credentials for registry.example.com"}
}

test_reports_secret_old if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "old"},
		"type": "kubernetes.io/dockercfg",
		"stringData": {".dockercfg": "{\"registry.example.com\": {\"username\": \"u\", \"password\": \"pass\"}}"},
	}) == {"Secret \"old\" holds registry credentials for registry.example.com"}
}

test_allows_secret_registry if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "registry"},
		"type": "kubernetes.io/dockerconfigjson",
		"stringData": {".dockerconfigjson": "{\"auths\": {\"registry.example.com\": {\"auth\": \"${REGISTRY_AUTH}\"}}}"},
	}) == set()
}

test_allows_secret_sops if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "sops"},
		"type": "kubernetes.io/dockerconfigjson",
		"data": {".dockerconfigjson": "ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]"},
		"sops": {"mac": "ENC[AES256_GCM,data:x]"},
	}) == set()
}
