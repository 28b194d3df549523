package lintel.security.namespace_pod_security_test

import data.lintel.lib.fixture
import data.lintel.security.namespace_pod_security as policy

test_reports_privileged_in_baseline if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"hostPID": true, "containers": [{"name": "app", "securityContext": {"privileged": true}}]}) with data.settings as {"kubernetes_version": "1.34", "pod_security_version": "1.0"} with data.inventory as {"cluster": {"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "baseline"}}}}}}}
	messages == {`Pod "app" does not meet the level baseline (latest) that namespace "shop" enforces: container "app" runs privileged (securityContext.privileged: true); the Pod shares the process namespace of its node (hostPID: true)`}
}

test_reports_silent_in_restricted if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app"}]}) with data.settings as {"kubernetes_version": "1.34", "pod_security_version": "1.0"} with data.inventory as {"cluster": {"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "restricted"}}}}}}}
	messages == {`Deployment "app" does not meet the level restricted (latest) that namespace "shop" enforces: container "app" does not drop ALL (securityContext.capabilities.drop); container "app" does not set runAsNonRoot to true, and neither does the Pod; container "app" does not set securityContext.allowPrivilegeEscalation to false; container "app" has no seccomp profile, and neither has the Pod (securityContext.seccompProfile)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"initContainers": [{"name": "setup"}], "containers": [{"name": "app", "securityContext": {"allowPrivilegeEscalation": false, "runAsNonRoot": true, "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}}}]}) with data.settings as {"kubernetes_version": "1.34", "pod_security_version": "1.0"} with data.inventory as {"cluster": {"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/enforce-version": "v1.24"}}}}}}}
	messages == {`Pod "app" does not meet the level restricted (v1.24) that namespace "shop" enforces: container "setup" does not drop ALL (securityContext.capabilities.drop); container "setup" does not set runAsNonRoot to true, and neither does the Pod; container "setup" does not set securityContext.allowPrivilegeEscalation to false; container "setup" has no seccomp profile, and neither has the Pod (securityContext.seccompProfile)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"ephemeralContainers": [{"name": "debug"}], "containers": [{"name": "app", "securityContext": {"allowPrivilegeEscalation": false, "runAsNonRoot": true, "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}}}]}) with data.settings as {"kubernetes_version": "1.34", "pod_security_version": "1.0"} with data.inventory as {"cluster": {"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "strict"}}}}}}}
	messages == {`Pod "app" does not meet the level restricted (latest) that namespace "shop" enforces: container "debug" does not drop ALL (securityContext.capabilities.drop); container "debug" does not set runAsNonRoot to true, and neither does the Pod; container "debug" does not set securityContext.allowPrivilegeEscalation to false; container "debug" has no seccomp profile, and neither has the Pod (securityContext.seccompProfile)`}
}

test_accepts_fitting if {
	count(policy.deny) == 0 with input as fixture.deployment({"containers": [{"name": "app", "securityContext": {"allowPrivilegeEscalation": false, "runAsNonRoot": true, "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}}}]}) with data.settings as {"kubernetes_version": "1.34", "pod_security_version": "1.0"} with data.inventory as {"cluster": {"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "restricted"}}}}}}}
}

test_accepts_no_label if {
	count(policy.deny) == 0 with input as fixture.pod({"hostPID": true}) with data.settings as {"kubernetes_version": "1.34", "pod_security_version": "1.0"} with data.inventory as {"cluster": {"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}}}}}
}

test_accepts_privileged if {
	count(policy.deny) == 0 with input as fixture.pod({"hostPID": true}) with data.settings as {"kubernetes_version": "1.34", "pod_security_version": "1.0"} with data.inventory as {"cluster": {"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "privileged"}}}}}}}
}

test_accepts_another_namespace if {
	count(policy.deny) == 0 with input as fixture.pod({"hostPID": true}) with data.settings as {"kubernetes_version": "1.34", "pod_security_version": "1.0"} with data.inventory as {"cluster": {}}
}

test_accepts_an_older_version if {
	count(policy.deny) == 0 with input as fixture.pod({"containers": [{"name": "app", "livenessProbe": {"httpGet": {"host": "x"}}}]}) with data.settings as {"kubernetes_version": "1.34", "pod_security_version": "1.0"} with data.inventory as {"cluster": {"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "baseline", "pod-security.kubernetes.io/enforce-version": "v1.33"}}}}}}}
}

test_accepts_init_and_ephemeral_containers if {
	count(policy.deny) == 0 with input as fixture.pod({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]}) with data.settings as {"kubernetes_version": "1.34", "pod_security_version": "1.0"} with data.inventory as {"cluster": {"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "baseline"}}}}}}}
}

labelled_baseline(version) := {"cluster": {"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "baseline", "pod-security.kubernetes.io/enforce-version": version}}}}}}}

messages_of_probe(version) := {found.msg |
	some found in policy.deny with input as fixture.pod({"containers": [{"name": "app", "livenessProbe": {"httpGet": {"host": "x"}}}]}) with data.settings as {"kubernetes_version": "1.34", "pod_security_version": "1.0"} with data.inventory as labelled_baseline(version)
}

# The API server evaluates a malformed version as the latest one.
test_malformed_version_is_the_latest if {
	every version in ["1.33", "v1.33.2", "v1.033", ""] { count(messages_of_probe(version)) == 1 }
	count(messages_of_probe("v1.33")) == 0
}
