package main_test

import data.main

deployment(container) := {"kind": "Deployment", "spec": {"template": {"spec": {"containers": [container]}}}}

test_privileged_is_denied if {
	main.deny == {`container "web" runs privileged`} with input as deployment({
		"name": "web",
		"securityContext": {"privileged": true},
	})
}

test_others_are_allowed if {
	count(main.deny) == 0 with input as deployment({"name": "web"})
}
