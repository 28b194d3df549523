package lintel.best_practice.required_annotations_test

import data.lintel.best_practice.required_annotations as policy

parameters := {"LT-REL-031": {"annotations": [], "kinds": ["Deployment", "StatefulSet", "DaemonSet", "CronJob"]}}

test_reports_none if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "labels": {}}} with data.parameters as {"LT-REL-031": {"annotations": [{"key": "owner"}, {"key": "page", "allowedRegex": "^https://"}], "kinds": ["Deployment", "StatefulSet", "DaemonSet", "CronJob"]}}
	messages == {`Deployment "app" lacks the annotations owner, page`}
}

test_reports_a_pattern if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "app", "annotations": {"owner": "a", "page": "http://x"}}} with data.parameters as {"LT-REL-031": {"annotations": [{"key": "owner"}, {"key": "page", "allowedRegex": "^https://"}], "kinds": ["Deployment", "StatefulSet", "DaemonSet", "CronJob"]}}
	messages == {`DaemonSet "app" has the annotation page with the value "http://x", which does not fit its pattern`}
}

test_accepts_no_list if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "labels": {}}} with data.parameters as parameters
}

test_accepts_all if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "annotations": {"owner": "a", "page": "https://x"}}} with data.parameters as {"LT-REL-031": {"annotations": [{"key": "owner"}, {"key": "page", "allowedRegex": "^https://"}], "kinds": ["Deployment", "StatefulSet", "DaemonSet", "CronJob"]}}
}

test_accepts_another_kind if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}} with data.parameters as {"LT-REL-031": {"annotations": [{"key": "owner"}, {"key": "page", "allowedRegex": "^https://"}], "kinds": ["Deployment", "StatefulSet", "DaemonSet", "CronJob"]}}
}
