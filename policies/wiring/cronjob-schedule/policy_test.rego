package lintel.wiring.cronjob_schedule_test

import data.lintel.wiring.cronjob_schedule as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_cronjob_a if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "CronJob",
		"metadata": {"name": "a"},
		"spec": {"schedule": "0 25 * * *"},
	}) == {"CronJob \"a\" has no valid schedule: \"0 25 * * *\""}
}

test_reports_cronjob_b if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "CronJob",
		"metadata": {"name": "b"},
		"spec": {"schedule": "0 0 30 2 *", "suspend": true},
	}) == {"CronJob \"b\" is suspended", "CronJob \"b\" waits for a day that never comes: \"0 0 30 2 *\""}
}

test_reports_cronjob_c if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "CronJob",
		"metadata": {"name": "c"},
		"spec": {"schedule": "TZ=UTC 0 0 * * *"},
	}) == {"CronJob \"c\" names its time zone in the schedule, not in spec.timeZone"}
}

test_reports_cronjob_d if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "CronJob",
		"metadata": {"name": "d"},
		"spec": {"schedule": "* * * *"},
	}) == {"CronJob \"d\" has no valid schedule: \"* * * *\""}
}

test_allows_cronjob_a if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "CronJob",
		"metadata": {"name": "a"},
		"spec": {"schedule": "*/5 0-6,22 1 jan-mar,6 mon-fri"},
	}) == set()
}

test_allows_cronjob_b if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "CronJob",
		"metadata": {"name": "b"},
		"spec": {"schedule": "@daily", "timeZone": "Europe/Berlin"},
	}) == set()
}

test_allows_cronjob_c if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "CronJob",
		"metadata": {"name": "c"},
		"spec": {"schedule": "0 0 31 1,2 *", "suspend": false},
	}) == set()
}

test_moves_the_zone_into_its_field if {
	fixes({"schedule": "CRON_TZ=Europe/Paris 0 5 * * *"}) == [[
		{"op": "replace", "path": "/spec/schedule", "value": "0 5 * * *"},
		{"op": "add", "path": "/spec/timeZone", "value": "Europe/Paris"},
	]]
	fixes({"schedule": "TZ=UTC 0 5 * * *", "timeZone": "Europe/Paris"}) == [[]]
}

fixes(spec) := [f.fix | some f in policy.deny with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "a"}, "spec": spec}]
