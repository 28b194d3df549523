package lintel.secrets.sops_rule_missing_test

import data.lintel.secrets.sops_rule_missing as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_sopsconfig_sopsconfig if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "SopsConfig",
		"config": {"creation_rules": [{"path_regex": "secrets/.*", "encrypted_regex": "^(data)$", "age": "age1abc"}]},
	}) == {"encrypted_regex \"^(data)$\" leaves stringData readable"}
}

test_reports_sopsconfig_sopsconfig_2 if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "SopsConfig",
		"config": {"creation_rules": [{"path_regex": "secrets/.*", "encrypted_regex": "^(data|stringData)$"}]},
	}) == {"creation rule secrets/.* names no recipient"}
}

test_allows_sopsconfig_sopsconfig if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "SopsConfig",
		"config": {
			"creation_rules": [{"path_regex": "secrets/.*", "encrypted_regex": "^(data|stringData)$", "age": "age1abc"}],
		},
	}) == set()
}

test_allows_sopsconfig_sopsconfig_2 if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "SopsConfig",
		"config": {"creation_rules": [{"key_groups": [{"age": ["age1abc"]}]}]},
	}) == set()
}
