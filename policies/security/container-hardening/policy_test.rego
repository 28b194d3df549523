package lintel.security.container_hardening_test

import data.lintel.lib.fixture
import data.lintel.security.container_hardening as policy

defaults := {
	"LT-POD-002": {"exemptImages": [], "strictUnset": true}, "LT-POD-003": {"exemptImages": [], "acceptRunAsUser": true},
	"LT-POD-008": {"exemptImages": ["example.com/writes*"]}, "LT-POD-009": {"requiredDrop": ["ALL"]},
	"LT-POD-024": {"allowedProfiles": ["RuntimeDefault", "Localhost"], "localhostProfiles": []},
}

messages(object) := {found.msg | some found in policy.deny with input as object with data.parameters as defaults}

hardened := {
	"runAsNonRoot": true, "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true,
	"capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"},
}

test_reports_everything_once_in_every_kind_of_container if {
	every field in ["containers", "initContainers", "ephemeralContainers"] {
		messages(fixture.pod({field: [{"name": "a"}]})) == {"container \"a\" is not hardened: it may run as root, privilege escalation is not ruled out, capabilities are not dropped, the seccomp profile is missing, the root file system is writable"}
	}
}

test_reports_what_is_open if {
	messages(fixture.deployment({"containers": [{"name": "a", "securityContext": object.remove(hardened, ["capabilities"])}]})) == {"container \"a\" is not hardened: capabilities are not dropped"}
}

test_points_to_the_one_field_that_is_wrong if {
	pod := fixture.pod({"containers": [{"name": "a", "securityContext": object.union(hardened, {"readOnlyRootFilesystem": false})}]})
	{found.field | some found in policy.deny with input as pod with data.parameters as defaults} == {"securityContext.readOnlyRootFilesystem"}
}

test_leaves_out_skipped_policies_and_exempt_images if {
	object := fixture.pod({"containers": [{"name": "a", "image": "example.com/writes:1", "securityContext": object.remove(hardened, ["readOnlyRootFilesystem", "runAsNonRoot"])}]})
	messages(object) == {"container \"a\" is not hardened: it may run as root"}
	count(policy.deny) == 0 with input as object with data.parameters as defaults with data.settings as {"skipped": ["LT-POD-003"]}
}

test_allows_static_pods_of_the_control_plane if {
	messages({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "etcd", "namespace": "kube-system", "labels": {"component": "etcd", "tier": "control-plane"}}, "spec": {"containers": [{"name": "etcd"}]}}) == set()
}

test_allows_hardened_containers if {
	messages(fixture.pod({"containers": [{"name": "a", "securityContext": hardened}]})) == set()
	messages(fixture.pod({"securityContext": {"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}}, "containers": [{"name": "a", "securityContext": object.remove(hardened, ["runAsNonRoot", "seccompProfile"])}]})) == set()
}
