package lintel.secrets.plaintext_env_secret_test

import data.lintel.secrets.plaintext_env_secret as policy

defaults := {"LT-SEC-004": {"namePatterns": [], "valuePatterns": [], "allowNames": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_pod_a if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "a"},
		"spec": {
			"initContainers": [
				{"name": "init", "image": "example.com/a:1", "env": [{"name": "DB_PASSWORD", "value": "hunter2"}]},
			],
			"containers": [
				{
					"name": "a",
					"image": "example.com/a:1",
					"env": [
						{"name": "API_KEY", "value": "abc123"},
						{"name": "AWS_ID", "value": "AKIAQ7W2NPLD5XKJR3TB"},
						{"name": "DATABASE_URL", "value": "postgres://user:pass@db:5432/shop"},
					],
				},
			],
		},
	}) == {"environment variable API_KEY of container \"a\" holds a readable credential", "environment variable AWS_ID of container \"a\" holds a readable credential", "environment variable DATABASE_URL of container \"a\" holds a readable credential", "environment variable DB_PASSWORD of container \"init\" holds a readable credential"}
}

test_reports_cronjob_b if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "CronJob",
		"metadata": {"name": "b"},
		"spec": {
			"jobTemplate": {
				"spec": {
					"template": {
						"spec": {
							"containers": [{"name": "a", "image": "example.com/a:1"}],
							"ephemeralContainers": [
								{
									"name": "debug",
									"image": "example.com/a:1",
									"env": [
										{"name": "KEY", "value": "-----BEGIN RSA PRIVATE KEY-----\nabc"},
										{"name": "CHAT", "value": "https://hooks.slack.com/services/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"},
										{"name": "SESSION", "value": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"},
										{"name": "GIT", "value": "ghp_0123456789abcdef0123"},
									],
								},
							],
						},
					},
				},
			},
		},
	}) == {"environment variable CHAT of container \"debug\" holds a readable credential", "environment variable GIT of container \"debug\" holds a readable credential", "environment variable KEY of container \"debug\" holds a readable credential", "environment variable SESSION of container \"debug\" holds a readable credential"}
}

test_allows_pod_a if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "a"},
		"spec": {
			"initContainers": [{"name": "init", "image": "example.com/a:1", "env": [{"name": "DB_PASSWORD", "value": ""}]}],
			"containers": [
				{
					"name": "a",
					"image": "example.com/a:1",
					"env": [
						{"name": "DB_PASSWORD_FILE", "value": "/run/secrets/db"},
						{"name": "PASSWORD", "value": "$(OTHER)"},
						{"name": "TOKEN", "value": "{{ token }}"},
						{"name": "MAX_TOKENS", "value": "4096"},
						{"name": "TOKEN_LIMIT_X", "value": "10"},
						{"name": "BYPASS", "value": "true"},
						{"name": "SECRET_NAME", "value": "db"},
						{"name": "SECRET_MODE", "value": "true"},
						{"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}},
					],
				},
			],
		},
	}) == set()
}

test_allows_pod_b if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "b"},
		"spec": {
			"containers": [
				{
					"name": "a",
					"image": "example.com/a:1",
					"env": [{"name": "A_SECRET", "value": "<your-secret>"}, {"name": "B_SECRET", "value": "****"}],
				},
			],
			"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1"}],
		},
	}) == set()
}

test_reports_own_patterns if {
	pod := {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "env": [{"name": "LICENCE", "value": "abc"}, {"name": "X", "value": "corp-1234"}]}]}}
	count(policy.deny) == 2 with input as pod
		with data.parameters as {"LT-SEC-004": {"namePatterns": ["LICENCE"], "valuePatterns": ["^corp-"], "allowNames": []}}
}

test_reports_arguments if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"spec": {"containers": [{
			"name": "a",
			"command": ["run", "--token-file=/run/token"],
			"args": ["--user=web", "--password=hunter22x"],
		}]},
	}) == {"args of container \"a\" hold a readable credential (password)"}
}

test_allows_arguments_by_name if {
	pod := {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "args": ["--password=hunter22x"]}]}}
	count(policy.deny) == 0 with input as pod
		with data.parameters as {"LT-SEC-004": {"namePatterns": [], "valuePatterns": [], "allowNames": ["password"]}}
}
