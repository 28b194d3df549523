package lintel.cis.v1_8_test

import data.lintel.cis.argv
import data.lintel.cis.cases
import data.lintel.cis.table
import data.lintel.cis.v1_8

status(id, document) := found if {
	found := v1_8.status(id) with input as document
}

test_there_are_130_recommendations if count(table.absent) == 130

test_every_recommendation_has_cases if object.keys(cases.all) == object.keys(table.absent)

test_results_hold_one_object_per_recommendation if {
	found := v1_8.results with input as {"resources": []}
	count(found) == 130
	{result.clause | some result in found} == object.keys(table.absent)
}

# wrong[id]: cases whose status is not the wanted one.
wrong contains sprintf("%s passing case: %s", [id, found]) if {
	some id, entry in cases.all
	found := status(id, entry.pass)
	found != "pass"
}

wrong contains sprintf("%s failing case: %s", [id, found]) if {
	some id, entry in cases.all
	found := status(id, entry.fail)
	found != "fail"
}

wrong contains sprintf("%s unset case: %s", [id, found]) if {
	some id, entry in cases.all
	found := status(id, entry.unset)
	found != entry.unset_status
}

test_passing_failing_and_unset_cases if wrong == set()

# The same kubelet rows as flags of a process without a configuration file.
wrong_flags contains sprintf("%s %s: %s", [id, form, found]) if {
	some id, entry in cases.kubelet_cases
	some form in ["pass", "fail"]
	found := status(id, cases.process("kubelet", entry.flags[form]))
	found != form
}

wrong_flags contains sprintf("%s unset: %s", [id, found]) if {
	some id, entry in cases.kubelet_cases
	found := status(id, cases.process("kubelet", []))
	found != entry.flags.unset
}

test_kubelet_flags if wrong_flags == set()

# kubeadm writes its defaults where extraArgs name nothing; the two forms of extraArgs read alike.
kubeadm(component, arguments) := {"resources": [object.union({"apiVersion": "kubeadm.k8s.io/v1beta4", "kind": "ClusterConfiguration"}, sections[component])]} if {
	sections := {
		"kube-apiserver": {"apiServer": {"extraArgs": arguments}},
		"kube-controller-manager": {"controllerManager": {"extraArgs": arguments}},
		"kube-scheduler": {"scheduler": {"extraArgs": arguments}},
		"etcd": {"etcd": {"local": {"extraArgs": arguments}}},
	}
}

pairs(words) := [{"name": flag, "value": value} |
	some word in words
	some flag, entries in argv.flags([{"text": word, "path": []}])
	value := entries[0].value
]

map_of(words) := {pair.name: pair.value | some pair in pairs(words)}

wrong_kubeadm contains sprintf("%s %s: %s", [id, form, found]) if {
	some id, entry in cases.flag_cases
	not id in {"1.2.4", "1.2.24", "1.2.25", "2.1", "2.4"}
	some form in ["pass", "fail"]
	some arguments in [pairs(entry[form]), map_of(entry[form])]
	found := status(id, kubeadm(entry.component, arguments))
	found != form
}

test_kubeadm_extra_args if wrong_kubeadm == set()

kubeadm_default_pass := {
	"1.2.2", "1.2.4", "1.2.6", "1.2.7", "1.2.8", "1.2.10", "1.2.13", "1.2.14", "1.2.15", "1.2.21", "1.2.22", "1.2.23",
	"1.2.24", "1.2.25", "1.2.26", "1.2.27", "1.3.3", "1.3.4", "1.3.5", "1.3.6", "1.3.7", "1.4.2",
	"2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7",
}

wrong_defaults contains sprintf("%s: %s", [id, found]) if {
	some id, _ in cases.flag_cases
	found := status(id, {"resources": [{"apiVersion": "kubeadm.k8s.io/v1beta3", "kind": "ClusterConfiguration"}]})
	found != wanted(id in kubeadm_default_pass)
}

wanted(true) := "pass"

wanted(false) := "fail"

test_kubeadm_defaults if wrong_defaults == set()

test_kubeadm_list_replaces_the_default if {
	status("1.2.15", kubeadm("kube-apiserver", {"enable-admission-plugins": "AlwaysPullImages"})) == "fail"
}

test_kubeadm_repeated_list_entries_add_up if {
	arguments := [
		{"name": "enable-admission-plugins", "value": "AlwaysPullImages"},
		{"name": "enable-admission-plugins", "value": "NodeRestriction"},
	]
	status("1.2.15", kubeadm("kube-apiserver", arguments)) == "pass"
	status("1.2.11", kubeadm("kube-apiserver", arguments)) == "pass"
}

test_config_maps_of_kubeadm if {
	document := {"resources": [
		config_map("kubeadm-config", "ClusterConfiguration", "kind: ClusterConfiguration\napiVersion: kubeadm.k8s.io/v1beta3\napiServer:\n  extraArgs:\n    profiling: \"false\"\n"),
		config_map("kubelet-config-1.23", "kubelet", "kind: KubeletConfiguration\npodPidsLimit: 100\n"),
	]}
	status("1.2.16", document) == "pass"
	status("4.2.13", document) == "pass"
}

config_map(name, key, text) := {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": "kube-system"}, "data": {key: text}}

test_external_etcd_is_not_in_the_input if {
	document := {"resources": [{"kind": "ClusterConfiguration", "apiVersion": "kubeadm.k8s.io/v1beta3", "etcd": {"external": {"endpoints": ["https://e:2379"], "caFile": "ca.crt"}}}]}
	status("2.1", document) == "not-evaluated"
	status("1.2.27", document) == "pass"
}

# Command lines.
words(list) := [{"text": word, "path": [i]} | some i, word in list]

value(list, flag) := entries[count(entries) - 1].value if entries := argv.flags(words(list))[flag]

test_equals_form if value(["--a=b=c"], "a") == "b=c"

test_two_words if value(["--a", "b"], "a") == "b"

test_bare_flag_is_true if value(["--a", "--b=c"], "a") == "true"

test_last_bare_flag_is_true if value(["--a"], "a") == "true"

test_underscores if value(["--a_b=c"], "a-b") == "c"

test_single_dash if value(["-auto-tls"], "auto-tls") == "true"

test_last_one_wins if value(["--a=1", "--a=2"], "a") == "2"

test_negative_number_is_a_value if value(["--pod-max-pids", "-1"], "pod-max-pids") == "-1"

test_dash_is_a_value if value(["--audit-log-path", "-"], "audit-log-path") == "-"

test_switch_takes_a_truth_value if value(["--profiling", "false"], "profiling") == "false"

test_switch_leaves_other_words if value(["--profiling", "server"], "profiling") == "true"

test_nothing_after_two_dashes if argv.flags(words(["--", "--a=b"])) == {}

test_value_place if argv.flags(words(["--a", "b"])).a[0].path == [1]

apiserver(fields) := {"resources": [{
	"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "api", "namespace": "kube-system"},
	"spec": {"containers": [object.union({"name": "kube-apiserver", "image": "registry.k8s.io/kube-apiserver:v1.29.0"}, fields)]},
}]}

command_forms := [
	{"command": ["kube-apiserver", "--profiling=false"]},
	{"command": ["/usr/local/bin/kube-apiserver"], "args": ["--profiling=false"]},
	{"command": ["kube-apiserver"], "args": ["--profiling", "false"]},
	{"args": ["kube-apiserver", "--profiling=false"]},
	{"args": ["--profiling=false"]},
	{"command": ["/hyperkube", "kube-apiserver", "--profiling=false"]},
	{"command": ["/bin/sh", "-c", "exec kube-apiserver \\\n  --profiling=false"]},
	{"command": ["kube-apiserver", "--profiling=true", "--profiling=false"]},
	{"command": ["kube-apiserver", "--profiling=F"]},
]

test_command_forms if {
	every form in command_forms {
		status("1.2.16", apiserver(form)) == "pass"
	}
}

test_other_pods_are_no_source if {
	status("1.2.16", apiserver({"image": "example.com/app:1", "command": ["app", "--profiling=false"]})) == "not-evaluated"
}

test_evidence_leads_to_the_argument if {
	found := v1_8.results with input as apiserver({"command": ["kube-apiserver", "--profiling=true"]})
	some result in found
	result.clause == "1.2.16"
	result.evidence[0].path == ["resources", 0, "spec", "containers", 0, "command", 1]
}

test_etcd_environment if {
	document := {"resources": [{
		"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "etcd"},
		"spec": {"containers": [{"name": "etcd", "command": ["etcd"], "env": [{"name": "ETCD_CLIENT_CERT_AUTH", "value": "true"}, {"name": "ETCD_AUTO_TLS", "value": "true"}]}]},
	}]}
	status("2.2", document) == "pass"
	status("2.3", document) == "fail"
}

test_etcd_flag_beats_environment if {
	document := {"resources": [{
		"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "etcd"},
		"spec": {"containers": [{"name": "etcd", "command": ["etcd", "--client-cert-auth=false"], "env": [{"name": "ETCD_CLIENT_CERT_AUTH", "value": "true"}]}]},
	}]}
	status("2.2", document) == "fail"
}

test_single_etcd_member_has_no_peers if {
	document := {"resources": [cases.static_pod("etcd", ["--initial-cluster=a=https://10.0.0.1:2380"])]}
	status("2.4", document) == "not-applicable"
}

test_removed_plugins_are_not_asked_for if {
	document := object.union({"resources": [cases.static_pod("kube-apiserver", [])]}, {"settings": {"kubernetesVersion": "1.30"}})
	status("1.2.12", document) == "not-applicable"
}

test_authorization_config_replaces_the_flag if {
	api := cases.static_pod("kube-apiserver", ["--authorization-config=a.yaml"])
	file := {"apiVersion": "apiserver.config.k8s.io/v1", "kind": "AuthorizationConfiguration", "authorizers": [{"type": "Node"}, {"type": "RBAC"}]}
	status("1.2.8", {"resources": [api, file]}) == "pass"
	status("1.2.8", {"resources": [api]}) == "not-evaluated"
	status("1.2.6", {"resources": [api, object.union(file, {"authorizers": [{"type": "AlwaysAllow"}]})]}) == "fail"
}

test_anonymous_requests_in_a_file if {
	api := cases.static_pod("kube-apiserver", ["--authentication-config=a.yaml"])
	status("1.2.1", {"resources": [api, authentication({"enabled": false})]}) == "pass"
	status("1.2.1", {"resources": [api, authentication({"enabled": true})]}) == "fail"
	status("1.2.1", {"resources": [api, authentication({"enabled": true, "conditions": [{"path": "/livez"}]})]}) == "pass"
	status("1.2.1", {"resources": [api, authentication({"enabled": true, "conditions": [{"path": "/api"}]})]}) == "fail"
}

authentication(anonymous) := {"apiVersion": "apiserver.config.k8s.io/v1", "kind": "AuthenticationConfiguration", "anonymous": anonymous}

test_scheduler_configuration_file if {
	scheduler := cases.static_pod("kube-scheduler", ["--config=s.yaml"])
	status("1.4.1", {"resources": [scheduler, {"kind": "KubeSchedulerConfiguration", "apiVersion": "kubescheduler.config.k8s.io/v1", "enableProfiling": false}]}) == "pass"
	status("1.4.1", {"resources": [scheduler, {"kind": "KubeSchedulerConfiguration", "apiVersion": "kubescheduler.config.k8s.io/v1"}]}) == "fail"
}

test_k3s_arguments if {
	status("1.2.16", {"resources": [k3s({"kube-apiserver-arg": ["profiling=true"]})]}) == "fail"
	status("1.2.16", {"resources": [k3s({"kube-apiserver-arg": ["audit-log-maxage=30"]})]}) == "pass"
	status("1.2.18", {"resources": [k3s({"kube-apiserver-arg": "audit-log-maxage=30"})]}) == "pass"
	status("1.2.28", {"resources": [k3s({"cluster-init": true, "secrets-encryption": true})]}) == "pass"
	status("1.2.29", {"resources": [k3s({"cluster-init": true, "secrets-encryption": true})]}) == "pass"
	status("1.2.28", {"resources": [k3s({"cluster-init": true, "secrets-encryption": false})]}) == "fail"
	status("1.2.28", {"resources": [k3s({"profile": "cis", "kube-apiserver-arg": []})]}) == "pass"
	status("2.2", {"resources": [k3s({"kube-apiserver-arg": []})]}) == "not-evaluated"
	status("2.2", {"resources": [k3s({"cni": "canal"})]}) == "pass"
	status("5.3.1", {"resources": [k3s({"cni": "canal"})]}) == "pass"
	status("5.3.1", {"resources": [k3s({"cluster-init": true, "disable-network-policy": true})]}) == "fail"
	status("4.2.13", {"resources": [k3s({"kubelet-arg": ["pod-max-pids=4096"]})]}) == "pass"
	status("1.2.16", {"resources": [k3s({"kubelet-arg": ["pod-max-pids=4096"]})]}) == "not-evaluated"
}

k3s(config) := {"apiVersion": "lintel/v1", "kind": "K3sConfig", "config": config}

# Kubelets.
test_kubelet_flag_beats_file if {
	config := cases.kubelet_config({"readOnlyPort": 0})
	status("4.2.4", {"resources": [config, cases.registration("InitConfiguration", {"read-only-port": "10255"})]}) == "fail"
	status("4.2.4", {"resources": [cases.kubelet_config({"readOnlyPort": 10255}), cases.registration("InitConfiguration", {"read-only-port": "0"})]}) == "pass"
}

test_joining_node_has_the_files_of_kubeadm if {
	status("4.2.1", {"resources": [cases.registration("JoinConfiguration", {})]}) == "pass"
	status("4.2.1", {"resources": [cases.registration("JoinConfiguration", {"anonymous-auth": "true"})]}) == "fail"
}

test_kubeadm_init_writes_kubelet_defaults if {
	every id, wanted_status in {"4.2.1": "pass", "4.2.3": "pass", "4.2.10": "pass", "4.2.13": "fail", "4.2.9": "fail"} {
		status(id, {"resources": [cases.registration("InitConfiguration", {})]}) == wanted_status
	}
}

node_kubelet(args, configs) := {"node_facts": [{"kind": "NodeFacts", "hostname": "n1", "files": [], "processes": [{"name": "kubelet", "args": args}], "configs": configs}]}

test_kubelet_process_with_its_file if {
	configs := [{"path": "/var/lib/kubelet/config.yaml", "content": cases.kubelet_config({"podPidsLimit": 100})}]
	document := node_kubelet(["--config=/var/lib/kubelet/config.yaml", "--anonymous-auth=true"], configs)
	status("4.2.13", document) == "pass"
	status("4.2.1", document) == "fail"
	status("4.2.2", document) == "pass"
}

test_kubelet_process_with_an_unread_file if {
	status("4.2.2", node_kubelet(["--config=/var/lib/kubelet/config.yaml"], [])) == "not-evaluated"
}

test_strict_kubelet_defaults if {
	document := {"resources": [cases.kubelet_config({})], "settings": {"strict": true}}
	status("4.2.1", document) == "fail"
	status("4.2.10", document) == "fail"
}

test_server_bootstrap_replaces_files if {
	document := {"resources": [cases.kubelet_config({"serverTLSBootstrap": true, "featureGates": {"RotateKubeletServerCertificate": false}})]}
	status("4.2.9", document) == "pass"
	status("4.2.11", document) == "pass"
}

# Node facts.
test_unreadable_file_forbids_a_pass if {
	document := cases.node([{"path": "/etc/kubernetes/admin.conf", "exists": true, "error": "permission denied"}])
	status("1.1.13", document) == "not-evaluated"
}

test_unreadable_directory_forbids_a_pass if {
	facts := {"kind": "NodeFacts", "hostname": "n1", "files": [{"path": "/etc/kubernetes/pki/a.key", "exists": true, "mode": "0600"}], "unreadable": [{"path": "/etc/kubernetes/pki/etcd", "error": "permission denied"}]}
	status("1.1.21", {"node_facts": [facts]}) == "not-evaluated"
}

test_one_bad_node_fails if {
	good := cases.all["1.1.1"].pass.node_facts[0]
	bad := cases.all["1.1.1"].fail.node_facts[0]
	status("1.1.1", {"node_facts": [good, bad]}) == "fail"
}

test_worker_does_not_hide_the_control_plane if {
	good := cases.all["1.1.1"].pass.node_facts[0]
	status("1.1.1", {"node_facts": [good, cases.empty_node.node_facts[0]]}) == "pass"
}

test_flag_moves_the_file if {
	facts := {"kind": "NodeFacts", "hostname": "n1", "processes": [{"name": "kubelet", "args": ["--config", "/opt/kubelet.yaml"]}], "files": [
		{"path": "/opt/kubelet.yaml", "exists": true, "mode": "0644"},
		{"path": "/var/lib/kubelet/config.yaml", "exists": true, "mode": "0600"},
	]}
	status("4.1.9", {"node_facts": [facts]}) == "fail"
}

test_parameters if {
	owner := {"node_facts": [{"kind": "NodeFacts", "files": [{"path": "/var/lib/etcd", "exists": true, "mode": "0700", "uid": 0, "gid": 0}]}], "settings": {"etcdDataOwners": ["etcd:etcd", "root:root"]}}
	status("1.1.12", owner) == "pass"
	mask := {"node_facts": [{"kind": "NodeFacts", "files": [{"path": "/etc/kubernetes/pki/ca.crt", "exists": true, "mode": "0644"}]}], "settings": {"certificateMode": "0644"}}
	status("1.1.20", mask) == "pass"
}

# kube-bench.
bench(version, number, verdict) := {"node_facts": [{"Controls": [{"id": "1", "version": version, "tests": [{"section": "1.1", "results": [{"test_number": number, "status": verdict}]}]}]}]}

test_kube_bench if {
	status("1.1.1", bench("cis-1.8", "1.1.1", "PASS")) == "pass"
	status("1.1.1", bench("cis-1.8", "1.1.1", "FAIL")) == "fail"
	status("1.1.1", bench("cis-1.8", "1.1.1", "WARN")) == "manual"
	status("1.1.1", bench("cis-1.8", "1.1.1", "INFO")) == "not-evaluated"
	status("1.1.1", bench("cis-1.23", "1.1.1", "PASS")) == "not-evaluated"
	status("1.1.1", {"node_facts": [bench("cis-1.8", "1.1.1", "PASS").node_facts[0].Controls]}) == "pass"
}

# Objects.
test_resource_names_soften_get if {
	status("5.1.2", {"resources": [cases.role([named_rule("get")])]}) == "pass"
	status("5.1.2", {"resources": [cases.role([named_rule("list")])]}) == "fail"
}

named_rule(verb) := object.union(cases.rule("", "secrets", verb), {"resourceNames": ["a"]})

test_shipped_roles_are_skipped if {
	shipped := object.union(cases.role([cases.rule("*", "*", "*")]), {"metadata": {"name": "admin", "labels": {"kubernetes.io/bootstrapping": "rbac-defaults"}}})
	status("5.1.3", {"resources": [shipped]}) == "not-applicable"
}

test_init_and_ephemeral_containers if {
	every list in ["initContainers", "ephemeralContainers"] {
		status("5.2.2", {"resources": [cases.pod({list: [{"name": "c", "securityContext": {"privileged": true}}]})]}) == "fail"
	}
}

test_every_workload_kind if {
	template := {"spec": {"containers": [{"name": "c", "securityContext": {"privileged": true}}]}}
	every document in [
		{"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"template": template}},
		{"apiVersion": "apps/v1", "kind": "StatefulSet", "spec": {"template": template}},
		{"apiVersion": "apps/v1", "kind": "DaemonSet", "spec": {"template": template}},
		{"apiVersion": "apps/v1", "kind": "ReplicaSet", "spec": {"template": template}},
		{"apiVersion": "v1", "kind": "ReplicationController", "spec": {"template": template}},
		{"apiVersion": "batch/v1", "kind": "Job", "spec": {"template": template}},
		{"apiVersion": "batch/v1", "kind": "CronJob", "spec": {"jobTemplate": {"spec": {"template": template}}}},
		{"apiVersion": "v1", "kind": "PodTemplate", "template": template},
	] {
		status("5.2.2", {"resources": [document]}) == "fail"
	}
}

test_system_namespaces_are_exempt if {
	document := object.union(cases.pod({"hostPID": true}), {"metadata": {"name": "p", "namespace": "kube-system"}})
	status("5.2.3", {"resources": [document]}) == "not-applicable"
	status("5.2.3", {"resources": [document], "settings": {"exemptNamespaces": []}}) == "fail"
}

test_namespace_levels_without_workloads if {
	document := {"resources": [cases.namespace({"pod-security.kubernetes.io/enforce": "baseline"})]}
	status("5.2.2", document) == "pass"
	status("5.2.6", document) == "fail"
}

test_cluster_default_guards_namespaces if {
	file := {"kind": "AdmissionConfiguration", "plugins": [{"name": "PodSecurity", "configuration": {"defaults": {"enforce": "baseline"}, "exemptions": {"namespaces": []}}}]}
	status("5.2.1", {"resources": [cases.namespace({}), file]}) == "pass"
	exempt := {"kind": "PodSecurityConfiguration", "defaults": {"enforce": "baseline"}, "exemptions": {"namespaces": ["shop"]}}
	status("5.2.1", {"resources": [cases.namespace({}), exempt]}) == "fail"
}

webhook(fields) := {
	"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration", "metadata": {"name": "w"},
	"webhooks": [object.union({"rules": [{"apiGroups": [""], "resources": ["pods"], "operations": ["CREATE"]}]}, fields)],
}

test_webhooks_guard_namespaces if {
	status("5.2.1", {"resources": [cases.namespace({}), webhook({})]}) == "pass"
	status("5.2.1", {"resources": [cases.namespace({}), webhook({"failurePolicy": "Ignore"})]}) == "fail"
	skipping := {"namespaceSelector": {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["shop"]}]}}
	status("5.2.1", {"resources": [cases.namespace({}), webhook(skipping)]}) == "fail"
	other := {"namespaceSelector": {"matchExpressions": [{"key": "team", "operator": "NotIn", "values": ["shop"]}]}}
	status("5.2.1", {"resources": [cases.namespace({}), webhook(other)]}) == "pass"
}

test_host_network_takes_ports if {
	status("5.2.13", {"resources": [cases.pod({"hostNetwork": true, "containers": [{"name": "c", "ports": [{"containerPort": 80}]}]})]}) == "fail"
}

test_windows_pods_have_no_linux_fields if {
	document := {"resources": [cases.pod({"os": {"name": "windows"}, "containers": [{"name": "c"}]})]}
	every id in ["5.2.6", "5.2.7", "5.2.8", "5.2.10", "5.7.2"] {
		status(id, document) == "pass"
	}
}

test_wide_role_counts_as_cluster_admin if {
	status("5.1.1", {"resources": [cases.role([cases.rule("*", "*", "*")]), cases.binding("r", cases.group("people"))]}) == "fail"
}

test_service_account_word_on_tokens if {
	user := cases.pod({"serviceAccountName": "app"})
	status("5.1.6", {"resources": [user, cases.account("app", false)]}) == "pass"
	status("5.1.6", {"resources": [user, cases.account("app", true)]}) == "fail"
}

test_audit_rules_in_order if {
	guarded := [{"level": "Metadata", "resources": [{"group": "", "resources": ["secrets", "configmaps"]}, {"group": "authentication.k8s.io", "resources": ["tokenreviews"]}]}]
	everything := {"level": "RequestResponse"}
	status("3.2.2", {"resources": [cases.audit_policy(array.concat(guarded, [everything]))]}) == "pass"
	status("3.2.2", {"resources": [cases.audit_policy(array.concat([everything], guarded))]}) == "fail"
	for_one := {"level": "None", "users": ["system:kube-proxy"]}
	status("3.2.2", {"resources": [cases.audit_policy(array.concat([for_one], array.concat(guarded, [everything])))]}) == "pass"
}

test_shared_certificate_authority if {
	etcd := cases.static_pod("etcd", ["--trusted-ca-file=/pki/ca.crt"])
	status("2.7", {"resources": [etcd, cases.static_pod("kube-apiserver", ["--client-ca-file=/pki/ca.crt"])]}) == "fail"
	status("2.7", {"resources": [etcd, cases.static_pod("kube-apiserver", ["--client-ca-file=/pki/other.crt"])]}) == "pass"
}

# The same thing twice in the input is no conflict.
test_repeated_names if {
	document := {"resources": [
		cases.namespace({}), object.union(cases.namespace({}), {"spec": {}}),
		cases.account("default", false), cases.account("default", true),
		{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "etcd"}, "spec": {"containers": [{"name": "etcd", "command": ["etcd"], "env": [{"name": "ETCD_AUTO_TLS", "value": "true"}, {"name": "ETCD_AUTO_TLS", "value": "false"}]}]}},
		kubeadm("kube-apiserver", {"audit_log_path": "a", "audit-log-path": "b"}).resources[0],
		{"kind": "PodSecurityConfiguration", "defaults": {"enforce": "baseline"}},
		{"kind": "PodSecurityConfiguration", "defaults": {"enforce": "privileged"}},
		cases.pod({"serviceAccountName": "default"}),
	]}
	status("5.1.6", document) == "fail"
	status("5.2.1", document) == "fail"
	status("2.3", document) == "pass"
	status("5.3.2", document) == "fail"
}

masters_certificate := "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJ2ekNDQVdXZ0F3SUJBZ0lVQTlEMW1NZmUvOGlnTkpxZnduWFJGaWp3WjJzd0NnWUlLb1pJemowRUF3SXcKTkRFWE1CVUdBMVVFQ2d3T2MzbHpkR1Z0T20xaGMzUmxjbk14R1RBWEJnTlZCQU1NRUd0MVltVnlibVYwWlhNdApZV1J0YVc0d0lCY05Nall4TVRJeE1URXhNak16V2hnUE1qRXlOakV3TWpneE1URXlNek5hTURReEZ6QVZCZ05WCkJBb01Ebk41YzNSbGJUcHRZWE4wWlhKek1Sa3dGd1lEVlFRRERCQnJkV0psY201bGRHVnpMV0ZrYldsdU1Ga3cKRXdZSEtvWkl6ajBDQVFZSUtvWkl6ajBEQVFjRFFnQUVDOTZIRThKaU1GVG5vem9XYUR4dWMycUhxZ2JtV0d0bQpWNnV6bDlhdHJCanBuSVNLeU1rYk9PdzA4RGVVd2d2U2U4T1BHaXZucmplakJGU1pzbFYrV3FOVE1GRXdIUVlEClZSME9CQllFRk81a1VEU0lkRXp0bTMxNDNvZnJwd0ZpWEh0VU1COEdBMVVkSXdRWU1CYUFGTzVrVURTSWRFenQKbTMxNDNvZnJwd0ZpWEh0VU1BOEdBMVVkRXdFQi93UUZNQU1CQWY4d0NnWUlLb1pJemowRUF3SURTQUF3UlFJaApBSmZoSmlGVnNWeENIejBZdWQ0aVIyUHQ2ck9yOGhsOEZmaE92Y1hJRXhxckFpQlh6TC9jcENWaE9vODVGbU51CkNDVEVLUW40UnpTRkhZTk5jN0tBczUxbE93PT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="

other_certificate := "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJ6ekNDQVhXZ0F3SUJBZ0lVTmdMYlJnOXJFbGtINGZXd3JUVFNEYlBSVm40d0NnWUlLb1pJemowRUF3SXcKUERFZk1CMEdBMVVFQ2d3V2EzVmlaV0ZrYlRwamJIVnpkR1Z5TFdGa2JXbHVjekVaTUJjR0ExVUVBd3dRYTNWaQpaWEp1WlhSbGN5MWhaRzFwYmpBZ0Z3MHlOakV4TWpFeE1URXlNek5hR0E4eU1USTJNVEF5T0RFeE1USXpNMW93ClBERWZNQjBHQTFVRUNnd1dhM1ZpWldGa2JUcGpiSFZ6ZEdWeUxXRmtiV2x1Y3pFWk1CY0dBMVVFQXd3UWEzVmkKWlhKdVpYUmxjeTFoWkcxcGJqQlpNQk1HQnlxR1NNNDlBZ0VHQ0NxR1NNNDlBd0VIQTBJQUJBdmVoeFBDWWpCVQo1Nk02Rm1nOGJuTnFoNm9HNWxoclpsZXJzNWZXcmF3WTZaeUVpc2pKR3pqc05QQTNsTUlMMG52RGp4b3I1NjQzCm93UlVtYkpWZmxxalV6QlJNQjBHQTFVZERnUVdCQlR1WkZBMGlIUk03WnQ5ZU42SDY2Y0JZbHg3VkRBZkJnTlYKSFNNRUdEQVdnQlR1WkZBMGlIUk03WnQ5ZU42SDY2Y0JZbHg3VkRBUEJnTlZIUk1CQWY4RUJUQURBUUgvTUFvRwpDQ3FHU000OUJBTUNBMGdBTUVVQ0lRRDlCWHl3ZFk5VWdBWU8vNnpJYmloT3EvdXdDS2pTZVBWcFBiTW5ZaWdXClpBSWdSdUZKb1BoWktQM3Rtb3BQalF3NEViT1VzU2MrZngzdEwveTR2TUhzTnpZPQotLS0tLUVORCBDRVJUSUZJQ0FURS0tLS0tCg=="

masters_request := "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIaU1JR0pBZ0VBTUNjeEZ6QVZCZ05WQkFvTURuTjVjM1JsYlRwdFlYTjBaWEp6TVF3d0NnWURWUVFEREFObApkbVV3V1RBVEJnY3Foa2pPUFFJQkJnZ3Foa2pPUFFNQkJ3TkNBQVFMM29jVHdtSXdWT2VqT2hab1BHNXphb2VxCkJ1WllhMlpYcTdPWDFxMnNHT21jaElySXlSczQ3RFR3TjVUQ0M5Sjd3NDhhSytldU42TUVWSm15Vlg1YW9BQXcKQ2dZSUtvWkl6ajBFQXdJRFNBQXdSUUlnY2FtSlRsdVZSaXZTSzFEYng3RjR2WXB4c1lJV1dxeUdWSUQ4Z2cxUgpKbWtDSVFEcUtoNis5YWJzS0IycmVGVHMzc2h0d1VZT0w4SlF1UXdZNHE2Q0xubE16dz09Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo="

kubeconfig(certificate) := {"apiVersion": "v1", "kind": "Config", "users": [{"name": "admin", "user": {"client-certificate-data": certificate}}]}

test_certificates_of_masters if {
	status("5.1.7", {"resources": [kubeconfig(masters_certificate)]}) == "fail"
	status("5.1.7", {"resources": [kubeconfig(other_certificate)]}) == "pass"
	status("5.1.7", {"resources": [{"kind": "CertificateSigningRequest", "metadata": {"name": "eve"}, "spec": {"request": masters_request}}]}) == "fail"
}
