package main

test_one_copy if warn["one copy alone"] with input as {"spec": {"replicas": 1}}

test_config if count(deny_tag) == 1 with input as parse_config_file("../web.yaml")

test_configs if {
	some file in parse_combined_config_files(["../web.yaml", "../list.json"])
	file.path == "web.yaml"
	file.contents.kind == "Deployment"
}

test_text if parse_config("json", "{\"a\": 1}").a == 1
