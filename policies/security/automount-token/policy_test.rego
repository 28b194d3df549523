package lintel.security.automount_token_test

import data.lintel.lib.fixture
import data.lintel.security.automount_token as policy

parameters := {"LT-POD-035": {"allowedServiceAccounts": [], "requireOnlyWhenDefaultSA": false}}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters
	messages == {`the token of the service account "default" is mounted (automountServiceAccountToken is not false)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({}, {}) with data.parameters as parameters
	messages == {`the token of the service account "default" is mounted (automountServiceAccountToken is not false)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({}, {}) with data.parameters as parameters
	messages == {`the token of the service account "default" is mounted (automountServiceAccountToken is not false)`}
}

test_reports_true_over_the_account if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"serviceAccountName": "web", "automountServiceAccountToken": true}) with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "shop"}, "automountServiceAccountToken": false}])
	messages == {`the token of the service account "web" is mounted (automountServiceAccountToken is not false)`}
}

test_reports_another_account_refuses if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"serviceAccountName": "web"}) with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "other", "namespace": "shop"}, "automountServiceAccountToken": false}, {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "shop"}}])
	messages == {`the token of the service account "web" is mounted (automountServiceAccountToken is not false)`}
}

test_reports_the_old_field if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"serviceAccount": "web"}) with data.parameters as parameters
	messages == {`the token of the service account "web" is mounted (automountServiceAccountToken is not false)`}
}

test_reports_default_account if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({}) with data.parameters as {"LT-POD-035": {"allowedServiceAccounts": [], "requireOnlyWhenDefaultSA": true}}
	messages == {`the token of the service account "default" is mounted (automountServiceAccountToken is not false)`}
}

test_accepts_false if {
	count(policy.deny) == 0 with input as fixture.pod({"automountServiceAccountToken": false}) with data.parameters as parameters
}

test_accepts_account_refuses if {
	count(policy.deny) == 0 with input as fixture.deployment({"serviceAccountName": "web"}) with data.parameters as parameters with data.inventory as fixture.inventory([{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "shop"}, "automountServiceAccountToken": false}])
}

test_accepts_an_allowed_account if {
	count(policy.deny) == 0 with input as fixture.pod({"serviceAccountName": "web"}) with data.parameters as {"LT-POD-035": {"allowedServiceAccounts": ["web"], "requireOnlyWhenDefaultSA": false}}
}

test_accepts_another_account if {
	count(policy.deny) == 0 with input as fixture.pod({"serviceAccountName": "web"}) with data.parameters as {"LT-POD-035": {"allowedServiceAccounts": [], "requireOnlyWhenDefaultSA": true}}
}

test_accepts_init_and_ephemeral_containers if {
	count(policy.deny) == 0 with input as fixture.pod({"automountServiceAccountToken": false, "initContainers": [{"name": "setup"}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as parameters
}
