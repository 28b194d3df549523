package lintel.network.service_externalname_local_test

import data.lintel.network.service_externalname_local as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_service_a if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "a"},
		"spec": {"type": "ExternalName", "externalName": "localhost"},
	}) == {"Service \"a\" points at the local host \"localhost\""}
}

test_reports_service_b if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "b"},
		"spec": {"type": "ExternalName", "externalName": "127.0.0.1"},
	}) == {"Service \"b\" points at the local host \"127.0.0.1\""}
}

test_reports_service_c if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "c"},
		"spec": {"type": "ExternalName", "externalName": "app.localhost."},
	}) == {"Service \"c\" points at the local host \"app.localhost.\""}
}

test_allows_service_a if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "a"},
		"spec": {"type": "ExternalName", "externalName": "db.example.com"},
	}) == set()
}

test_allows_service_b if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "b"},
		"spec": {"ports": [{"port": 80}]},
	}) == set()
}
