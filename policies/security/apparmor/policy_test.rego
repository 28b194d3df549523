package lintel.security.apparmor_test

import data.lintel.lib.fixture
import data.lintel.security.apparmor as policy

parameters := {"LT-POD-026": {"allowedProfiles": ["RuntimeDefault", "Localhost"]}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"appArmorProfile": {"type": "Unconfined"}}}) with data.parameters as parameters
	messages == {`container "app" has the AppArmor profile Unconfined`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}, {"securityContext": {"appArmorProfile": {"type": "Unconfined"}}}) with data.parameters as parameters
	messages == {`container "setup" has the AppArmor profile Unconfined`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}, {"securityContext": {"appArmorProfile": {"type": "Unconfined"}}}) with data.parameters as parameters
	messages == {`container "debug" has the AppArmor profile Unconfined`}
}

test_reports_pod_level if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"securityContext": {"appArmorProfile": {"type": "Unconfined"}}, "containers": [{"name": "app", "securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}]}) with data.parameters as parameters
	messages == {"the Pod has the AppArmor profile Unconfined"}
}

test_reports_no_type if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"securityContext": {"appArmorProfile": {}}, "containers": [{"name": "app"}]}) with data.parameters as parameters
	messages == {"the Pod has the AppArmor profile without a type"}
}

test_reports_an_annotation if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/app": "unconfined"}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters
	messages == {"the annotation container.apparmor.security.beta.kubernetes.io/app asks for the AppArmor profile unconfined"}
}

test_reports_annotation_of_an_unknown_container if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/ghost": "unconfined"}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters
	messages == {"the annotation container.apparmor.security.beta.kubernetes.io/ghost asks for the AppArmor profile unconfined"}
}

test_reports_annotation_of_a_template if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "batch/v1", "kind": "CronJob", "spec": {"jobTemplate": {"spec": {"template": {"metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/app": "unconfined"}}, "spec": {"containers": [{"name": "app"}]}}}}}} with data.parameters as parameters
	messages == {"the annotation container.apparmor.security.beta.kubernetes.io/app asks for the AppArmor profile unconfined"}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}, {"securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}, {"securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}) with data.parameters as parameters
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.parameters as parameters
}

test_accepts_null if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"appArmorProfile": null}, "containers": [{"name": "app"}]}) with data.parameters as parameters
}

test_accepts_annotation_localhost if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/app": "localhost/app"}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters
}

test_accepts_annotation_runtime if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/app": "runtime/default"}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters
}

test_accepts_annotation_empty if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/app": ""}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters
}

test_accepts_annotation_of_the_controller if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/app": "unconfined"}}, "spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}} with data.parameters as parameters
}

test_accepts_an_annotation_without_a_value if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/app": null}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/app": ""}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters
}
