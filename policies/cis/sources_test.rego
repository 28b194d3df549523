# Sources beside static Pods and kubeadm, and the guards of chapter 5.
package lintel.cis.sources_test

import data.lintel.cis.cases
import data.lintel.cis.v1_8

status(id, document) := found if {
	found := v1_8.status(id) with input as document
}

etcd_file := {
	"client-transport-security": {"cert-file": "a.crt", "key-file": "a.key", "client-cert-auth": true, "trusted-ca-file": "ca.crt"},
	"peer-transport-security": {"cert-file": "b.crt", "key-file": "b.key", "client-cert-auth": false},
}

test_etcd_configuration_file if {
	pod := cases.static_pod("etcd", ["--config-file=/etc/etcd.yaml"])
	status("2.1", {"resources": [pod]}) == "not-evaluated"
	status("2.1", {"resources": [pod, etcd_file]}) == "pass"
	status("2.2", {"resources": [pod, etcd_file]}) == "pass"
	status("2.4", {"resources": [pod, etcd_file]}) == "pass"
	status("2.5", {"resources": [pod, etcd_file]}) == "fail"
}

test_processes_of_the_control_plane if {
	status("1.2.16", cases.process("kube-apiserver", ["--profiling=false"])) == "pass"
	status("1.3.2", cases.process("kube-controller-manager", ["--profiling"])) == "fail"
}

test_kubelet_file_without_a_process if {
	facts := {"kind": "NodeFacts", "processes": [], "configs": [{"path": "/var/lib/kubelet/config.yaml", "content": cases.kubelet_config({"podPidsLimit": 0})}]}
	status("4.2.13", {"node_facts": [facts]}) == "fail"
}

test_client_authority_named_by_the_kubelet_file if {
	facts := {
		"kind": "NodeFacts",
		"configs": [{"path": "/var/lib/kubelet/config.yaml", "content": cases.kubelet_config({"authentication": {"x509": {"clientCAFile": "/opt/ca.crt"}}})}],
		"files": [{"path": "/opt/ca.crt", "exists": true, "mode": "0644"}, {"path": "/etc/kubernetes/pki/ca.crt", "exists": true, "mode": "0600"}],
	}
	status("4.1.7", {"node_facts": [facts]}) == "fail"
}

test_empty_listed_directories if {
	facts := {"kind": "NodeFacts", "files": [
		{"path": "/etc/cni/net.d", "exists": true, "type": "directory", "mode": "0755"},
		{"path": "/var/lib/cni/networks", "exists": false},
	]}
	status("1.1.9", {"node_facts": [facts]}) == "not-applicable"
	hidden := object.union(facts, {"unreadable": ["/var/lib/cni/networks"]})
	status("1.1.9", {"node_facts": [hidden]}) == "not-evaluated"
}

test_mode_missing_from_the_facts if {
	status("1.1.1", cases.node([{"path": "/etc/kubernetes/manifests/kube-apiserver.yaml", "exists": true}])) == "not-evaluated"
}

test_imported_pass_covers_what_could_not_be_seen if {
	facts := cases.node([{"path": "/etc/kubernetes/admin.conf", "exists": true, "error": "permission denied"}]).node_facts[0]
	bench := {"id": "1", "version": "cis-1.8", "tests": [{"results": [{"test_number": "1.1.13", "status": "PASS", "reason": "stat"}]}]}
	status("1.1.13", {"node_facts": [facts, bench]}) == "pass"
	status("1.1.13", {"node_facts": [facts]}) == "not-evaluated"
}

test_encryption_of_other_resources_only if {
	file := {"kind": "EncryptionConfiguration", "resources": [{"resources": ["configmaps"], "providers": [{"aescbc": {}}]}]}
	status("1.2.29", {"resources": [file]}) == "fail"
	status("1.2.29", {"resources": [cases.static_pod("kube-apiserver", ["--encryption-provider-config=e.yaml"])]}) == "not-evaluated"
}

test_authentication_file_without_anonymous if {
	file := {"kind": "AuthenticationConfiguration", "jwt": [{"issuer": {"url": "https://login.example.com"}}]}
	api := cases.static_pod("kube-apiserver", ["--authentication-config=a.yaml"])
	status("1.2.1", {"resources": [api, file]}) == "fail"
	status("3.1.1", {"resources": [api, file]}) == "pass"
	status("3.1.1", {"resources": [api, {"kind": "AuthenticationConfiguration"}]}) == "fail"
	closed := cases.static_pod("kube-apiserver", ["--authentication-config=a.yaml", "--anonymous-auth=false"])
	status("1.2.1", {"resources": [closed, file]}) == "pass"
}

test_kubeadm_authorization_file if {
	document := {"kind": "ClusterConfiguration", "apiServer": {"extraArgs": {"authorization-config": "a.yaml"}}}
	status("1.2.7", {"resources": [document]}) == "not-evaluated"
}

test_audit_policy_elsewhere if {
	status("3.2.2", {"resources": [cases.static_pod("kube-apiserver", ["--audit-policy-file=p.yaml"])]}) == "not-evaluated"
}

test_audit_rules_for_whole_groups_and_subresources if {
	rules := [
		{"level": "Metadata", "verbs": ["get", "list", "watch", "create", "update", "patch", "delete"], "resources": [{"group": "", "resources": ["secrets", "configmaps", "pods/*", "*/proxy"]}]},
		{"level": "Metadata", "resources": [{"group": "authentication.k8s.io"}]},
		{"level": "Request"},
	]
	status("3.2.2", {"resources": [cases.audit_policy(rules)]}) == "pass"
}

test_clusters_version_from_the_input if {
	document := {"kind": "ClusterConfiguration", "kubernetesVersion": "v1.30.1"}
	status("1.2.12", {"resources": [document]}) == "not-applicable"
}

# Bootstrap tokens.
bootstrap(groups) := cases.secret({"type": "bootstrap.kubernetes.io/token", "data": {"expiration": "MjAyNw==", "auth-extra-groups": base64.encode(groups)}})

test_bootstrap_token_groups if {
	status("3.1.3", {"resources": [bootstrap("system:bootstrappers:kubeadm")]}) == "pass"
	status("3.1.3", {"resources": [bootstrap("system:bootstrappers:kubeadm,system:masters")]}) == "fail"
}

test_kubeadm_bootstrap_tokens if {
	every ttl, wanted in {"24h": "pass", "0": "fail", "0s": "fail"} {
		status("3.1.3", {"resources": [{"kind": "InitConfiguration", "bootstrapTokens": [{"token": "abcdef.0123456789abcdef", "ttl": ttl}]}]}) == wanted
	}
	status("3.1.3", {"resources": [{"kind": "InitConfiguration", "bootstrapTokens": [{"groups": ["system:masters"]}]}]}) == "fail"
}

test_bootstrap_tokens_refused if {
	status("3.1.3", {"resources": [cases.static_pod("kube-apiserver", ["--enable-bootstrap-token-auth=false"])]}) == "pass"
}

kubeconfig(user) := {"apiVersion": "v1", "kind": "Config", "users": [{"name": "me", "user": user}]}

test_kubeconfig_tokens if {
	status("3.1.2", {"resources": [kubeconfig({"token": "x"})]}) == "fail"
	status("3.1.2", {"resources": [kubeconfig({"exec": {"command": "login"}})]}) == "pass"
}

# Images and Secrets.
image_policies := [
	{"apiVersion": "kyverno.io/v1", "kind": "ClusterPolicy", "metadata": {"name": "p"}, "spec": {"rules": [{"verifyImages": [{}]}]}},
	{"apiVersion": "policies.kyverno.io/v1alpha1", "kind": "ImageValidatingPolicy", "metadata": {"name": "p"}},
	{"apiVersion": "policy.sigstore.dev/v1beta1", "kind": "ClusterImagePolicy", "metadata": {"name": "p"}},
	{"apiVersion": "constraints.gatekeeper.sh/v1beta1", "kind": "RatifyVerification", "metadata": {"name": "p"}, "spec": {}},
	{"apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration", "metadata": {"name": "connaisseur-webhook"}},
]

test_image_policies if {
	every policy in image_policies {
		status("5.5.1", {"resources": [policy, cases.static_pod("kube-apiserver", [])]}) == "pass"
	}
}

test_image_webhook_that_lets_through if {
	file := {"kind": "AdmissionConfiguration", "plugins": [{"name": "ImagePolicyWebhook", "configuration": {"imagePolicy": {"defaultAllow": true}}}]}
	status("5.5.1", {"resources": [cases.static_pod("kube-apiserver", ["--enable-admission-plugins=ImagePolicyWebhook"]), file]}) == "fail"
}

test_encrypted_secret_in_git if {
	status("5.4.2", {"resources": [cases.secret({"data": {"a": "ENC[x]"}, "sops": {"mac": "x"}})]}) == "pass"
}

# Guards of namespaces.
policy(fields) := {
	"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy", "metadata": {"name": "v"},
	"spec": object.union({"matchConstraints": {"resourceRules": [{"apiGroups": [""], "resources": ["pods"], "operations": ["CREATE"]}]}}, fields),
}

binding(actions) := {
	"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding", "metadata": {"name": "b"},
	"spec": {"policyName": "v", "validationActions": actions},
}

test_admission_policies_guard_namespaces if {
	status("5.2.1", {"resources": [cases.namespace({}), policy({}), binding(["Deny"])]}) == "pass"
	status("5.2.1", {"resources": [cases.namespace({}), policy({}), binding(["Audit"])]}) == "fail"
	status("5.2.1", {"resources": [cases.namespace({}), policy({"failurePolicy": "Ignore"}), binding(["Deny"])]}) == "fail"
	status("5.2.1", {"resources": [cases.namespace({}), policy({})]}) == "fail"
}

kyverno(action, match) := {
	"apiVersion": "kyverno.io/v1", "kind": "ClusterPolicy", "metadata": {"name": "k"},
	"spec": {"validationFailureAction": action, "rules": [{"match": match, "validate": {"pattern": {}}}]},
}

test_policy_engines_guard_namespaces if {
	status("5.2.1", {"resources": [cases.namespace({}), kyverno("Enforce", {"any": [{"resources": {"kinds": ["Pod"]}}]})]}) == "pass"
	status("5.2.1", {"resources": [cases.namespace({}), kyverno("enforce", {"resources": {"kinds": ["Pod"]}})]}) == "pass"
	status("5.2.1", {"resources": [cases.namespace({}), kyverno("Audit", {"resources": {"kinds": ["Pod"]}})]}) == "fail"
	status("5.2.1", {"resources": [cases.namespace({}), kyverno("Enforce", {"resources": {"kinds": ["Service"]}})]}) == "fail"
}

constraint(fields) := {
	"apiVersion": "constraints.gatekeeper.sh/v1beta1", "kind": "K8sPSPPrivilegedContainer", "metadata": {"name": "c"},
	"spec": object.union({"match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]}}, fields),
}

test_constraints_guard_namespaces if {
	status("5.2.1", {"resources": [cases.namespace({}), constraint({})]}) == "pass"
	status("5.2.1", {"resources": [cases.namespace({}), constraint({"enforcementAction": "dryrun"})]}) == "fail"
	status("5.2.1", {"resources": [cases.namespace({}), constraint({"match": {"kinds": [{"kinds": ["Pod"]}], "namespaces": ["other"]}})]}) == "fail"
	status("5.2.1", {"resources": [cases.namespace({}), constraint({"match": {"kinds": [{"kinds": ["Pod"]}], "namespaces": ["shop"]}})]}) == "pass"
}

selecting(expression) := {
	"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration", "metadata": {"name": "w"},
	"webhooks": [{"namespaceSelector": expression, "rules": [{"apiGroups": ["*"], "resources": ["*"], "operations": ["*"]}]}],
}

test_namespace_selectors if {
	every expression, wanted in {
		{"matchLabels": {"team": "a"}}: "pass",
		{"matchLabels": {"team": "b"}}: "fail",
		{"matchExpressions": [{"key": "team", "operator": "In", "values": ["a", "c"]}]}: "pass",
		{"matchExpressions": [{"key": "team", "operator": "In", "values": ["b"]}]}: "fail",
		{"matchExpressions": [{"key": "team", "operator": "Exists"}]}: "pass",
		{"matchExpressions": [{"key": "team", "operator": "DoesNotExist"}]}: "fail",
		{"matchExpressions": [{"key": "other", "operator": "DoesNotExist"}]}: "pass",
	} {
		status("5.2.1", {"resources": [cases.namespace({"team": "a"}), selecting(expression)]}) == wanted
	}
}

test_cluster_default_without_namespaces if {
	status("5.2.1", {"resources": [{"kind": "PodSecurityConfiguration", "defaults": {"enforce": "restricted"}}]}) == "pass"
	status("5.2.1", {"resources": [{"kind": "PodSecurityConfiguration", "defaults": {"enforce": "privileged"}}]}) == "fail"
}

# Network policies.
test_cluster_wide_network_policy if {
	status("5.3.2", {"resources": [cases.namespace({}), {"apiVersion": "cilium.io/v2", "kind": "CiliumClusterwideNetworkPolicy", "metadata": {"name": "c"}}]}) == "pass"
}

deny_all(spec) := {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "d", "namespace": "shop"}, "spec": spec}

test_strict_wants_default_deny if {
	strict := {"strict": true}
	status("5.3.2", {"resources": [cases.namespace({}), deny_all({"podSelector": {}, "policyTypes": ["Ingress", "Egress"]})], "settings": strict}) == "pass"
	status("5.3.2", {"resources": [cases.namespace({}), deny_all({"podSelector": {}, "policyTypes": ["Ingress"]})], "settings": strict}) == "fail"
	status("5.3.2", {"resources": [cases.namespace({}), deny_all({"podSelector": {}, "policyTypes": ["Ingress", "Egress"], "egress": [{}]})], "settings": strict}) == "fail"
}

test_plugins_of_rke2 if {
	every plugin, wanted in {"calico": "pass", "none": "not-evaluated"} {
		status("5.3.1", {"resources": [{"kind": "K3sConfig", "config": {"cni": plugin}}]}) == wanted
	}
	status("5.3.1", {"resources": [{"kind": "K3sConfig", "config": {"cni": ["multus", "canal"]}}]}) == "pass"
	status("5.3.1", {"resources": [{"kind": "K3sConfig", "config": {"tls-san": ["a"]}}]}) == "pass"
}

test_namespaces_without_workloads if {
	status("5.7.1", {"resources": [cases.namespace({})]}) == "pass"
	status("5.7.1", {"resources": [{"kind": "Namespace", "metadata": {"name": "default"}}]}) == "fail"
}

test_what_belongs_in_default if {
	status("5.7.4", {"resources": [{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "kubernetes", "namespace": "default"}}]}) == "pass"
	status("5.7.4", {"resources": [{"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "w", "namespace": "default"}}]}) == "fail"
}

# Volumes and grants.
test_persistent_volumes_of_hosts if {
	volume := {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "v"}, "spec": {"hostPath": {"path": "/"}}}
	status("5.2.12", {"resources": [volume]}) == "fail"
}

test_impersonating_extra_information if {
	status("5.1.8", {"resources": [cases.role([cases.rule("authentication.k8s.io", "userextras/scopes", "impersonate")])]}) == "fail"
}

test_including_controllers if {
	creator := cases.role([cases.rule("apps", "deployments", "create")])
	status("5.1.4", {"resources": [creator]}) == "pass"
	status("5.1.4", {"resources": [creator], "settings": {"includeControllers": true}}) == "fail"
}

test_default_account_as_subject if {
	status("5.1.5", {"resources": [cases.binding("view", {"kind": "ServiceAccount", "name": "default", "namespace": "shop"})]}) == "fail"
}

test_strict_ciphers if {
	api := cases.static_pod("kube-apiserver", ["--tls-cipher-suites=TLS_RSA_WITH_AES_128_GCM_SHA256"])
	status("1.2.30", {"resources": [api]}) == "pass"
	status("1.2.30", {"resources": [api], "settings": {"strict": true}}) == "fail"
	modern := cases.static_pod("kube-apiserver", ["--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"])
	status("1.2.30", {"resources": [modern], "settings": {"strict": true}}) == "pass"
}

test_audit_policy_without_rules if {
	status("3.2.2", {"resources": [{"apiVersion": "audit.k8s.io/v1", "kind": "Policy"}]}) == "fail"
}

test_sections_that_are_null if {
	document := {"resources": [{"kind": "ClusterConfiguration", "apiServer": null, "etcd": null}]}
	status("1.2.8", document) == "pass"
	status("2.1", document) == "pass"
}
