package lintel.reliability.rolling_update_test

import data.lintel.reliability.rolling_update as policy

parameters := {"LT-REL-009": {"allowRecreateForSingleReplica": false}}

test_reports_recreate if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"strategy": {"type": "Recreate"}, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters
	messages == {`Deployment "app" is updated by Recreate, not by a rolling update (spec.strategy.type)`}
}

test_reports_on_delete if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"updateStrategy": {"type": "OnDelete"}, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters
	messages == {`DaemonSet "app" is updated by OnDelete, not by a rolling update (spec.updateStrategy.type)`}
}

test_reports_two_replicas if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 2, "strategy": {"type": "Recreate"}, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as {"LT-REL-009": {"allowRecreateForSingleReplica": true}}
	messages == {`Deployment "app" is updated by Recreate, not by a rolling update (spec.strategy.type)`}
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters
}

test_accepts_rolling if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"strategy": {"type": "RollingUpdate"}, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters
}

test_accepts_one_replica if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"replicas": 1, "strategy": {"type": "Recreate"}, "template": {"metadata": {"labels": {"app": "app"}}, "spec": {"containers": [{"name": "app"}]}}}} with data.parameters as {"LT-REL-009": {"allowRecreateForSingleReplica": true}}
}
