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

places := {
	"": {"Secret": {"shop": {"db": [{"file": "deploy/shop/db.yaml", "folder": "deploy/shop", "line": 1}], "own": [{"file": "deploy/own/x.yaml", "folder": "deploy/own", "line": 1}]}, "other": {"key": [{"file": "other/key.yaml", "folder": "other", "line": 1}]}}},
	"lintel": {"SopsConfig": {"default": {".sops.yaml": [
		{"file": "deploy/.sops.yaml", "folder": "deploy", "line": 1},
		{"file": "deploy/own/.sops.yaml", "folder": "deploy/own", "line": 1},
	]}}},
}

unmatched(regexes) := {found.msg |
	rules := [object.union(rule, {"age": "age1abc"}) | some rule in regexes]
	config := {"apiVersion": "lintel/v1", "kind": "SopsConfig", "file": "deploy/.sops.yaml", "config": {"creation_rules": rules}}
	some found in policy.deny with input as config with data.places as places
}

test_reports_a_secret_that_no_rule_fits if {
	unmatched([{"path_regex": "^secrets/"}]) == {"no creation rule fits deploy/shop/db.yaml, which holds a Secret"}
}

test_allows_secrets_that_a_rule_fits if {
	unmatched([{"path_regex": "^nothing"}, {"path_regex": "^shop/.*"}]) == set()
	unmatched([{}]) == set()
	unmatched([{"path_regex": "(?=unknown"}]) == set()
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
