package lintel.security.default_service_account_test

import data.lintel.lib.fixture
import data.lintel.security.default_service_account as policy

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({})
	messages == {`the Pod runs as the service account "default" with its token mounted`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({}, {})
	messages == {`the Pod runs as the service account "default" with its token mounted`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({}, {})
	messages == {`the Pod runs as the service account "default" with its token mounted`}
}

test_reports_by_name if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"serviceAccountName": "default"})
	messages == {`the Pod runs as the service account "default" with its token mounted`}
}

test_reports_true_over_the_account if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"automountServiceAccountToken": true}) with data.inventory as fixture.inventory([{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": "shop"}, "automountServiceAccountToken": false}])
	messages == {`the Pod runs as the service account "default" with its token mounted`}
}

test_accepts_another if {
	count(policy.deny) == 0 with input as fixture.pod({"serviceAccountName": "web"})
}

test_accepts_the_old_field if {
	count(policy.deny) == 0 with input as fixture.pod({"serviceAccount": "web"})
}

test_accepts_no_token if {
	count(policy.deny) == 0 with input as fixture.pod({"automountServiceAccountToken": false})
}

test_accepts_account_refuses if {
	count(policy.deny) == 0 with input as fixture.deployment({"initContainers": [{"name": "setup"}], "ephemeralContainers": [{"name": "debug"}]}) with data.inventory as fixture.inventory([{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": "shop"}, "automountServiceAccountToken": false}])
}
