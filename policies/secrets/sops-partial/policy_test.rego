package lintel.secrets.sops_partial_test

import data.lintel.secrets.sops_partial as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_secret_a if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "a"},
		"data": {"one": "ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]", "two": "c2VjcmV0"},
		"sops": {"mac": "ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]", "age": [{"recipient": "age1"}]},
	}) == {"data \"two\" of the SOPS Secret \"a\" is not encrypted"}
}

test_reports_secret_b if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "b"},
		"stringData": {"one": "ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]"},
		"sops": {"age": []},
	}) == {"SOPS Secret \"b\" has no message authentication code", "SOPS Secret \"b\" has no recipient"}
}

test_allows_secret_a if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "a"},
		"data": {"one": "ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]"},
		"sops": {"mac": "ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]", "pgp": [{"fp": "ABC"}]},
	}) == set()
}

test_allows_secret_b if {
	messages({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "b"}, "data": {"one": "c2VjcmV0"}}) == set()
}
