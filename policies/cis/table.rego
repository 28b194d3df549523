# The recommendations of the CIS Kubernetes Benchmark v1.8.0 as rows of data. Every row names an
# operator (operators.rego) or a test and what it looks at; no row has code of its own.
package lintel.cis.table

# Flags of kube-apiserver, kube-controller-manager, kube-scheduler and etcd.
# `unset` is the verdict when neither the command line nor the installer's defaults give the flag.
flags := [
	{"id": "1.2.1", "component": "kube-apiserver", "op": "bool", "flags": ["anonymous-auth"], "value": false, "unset": "fail"},
	{"id": "1.2.2", "component": "kube-apiserver", "op": "not_set", "flags": ["token-auth-file"], "unset": "pass"},
	{"id": "1.2.3", "component": "kube-apiserver", "op": "has", "flags": ["enable-admission-plugins"], "value": ["DenyServiceExternalIPs"], "unset": "fail"},
	{"id": "1.2.4", "component": "kube-apiserver", "op": "set", "flags": ["kubelet-client-certificate", "kubelet-client-key"], "unset": "fail"},
	{"id": "1.2.5", "component": "kube-apiserver", "op": "set", "flags": ["kubelet-certificate-authority"], "unset": "fail"},
	{"id": "1.2.6", "component": "kube-apiserver", "op": "not_has", "flags": ["authorization-mode"], "value": ["AlwaysAllow"], "unset": "fail"},
	{"id": "1.2.7", "component": "kube-apiserver", "op": "has", "flags": ["authorization-mode"], "value": ["Node"], "unset": "fail"},
	{"id": "1.2.8", "component": "kube-apiserver", "op": "has", "flags": ["authorization-mode"], "value": ["RBAC"], "unset": "fail"},
	{"id": "1.2.9", "component": "kube-apiserver", "op": "has", "flags": ["enable-admission-plugins"], "value": ["EventRateLimit"], "unset": "fail"},
	{"id": "1.2.9", "component": "kube-apiserver", "op": "set", "flags": ["admission-control-config-file"], "unset": "fail"},
	{"id": "1.2.10", "component": "kube-apiserver", "op": "not_has", "flags": ["enable-admission-plugins"], "value": ["AlwaysAdmit"], "unset": "pass"},
	{"id": "1.2.11", "component": "kube-apiserver", "op": "has", "flags": ["enable-admission-plugins"], "value": ["AlwaysPullImages"], "unset": "fail"},
	{"id": "1.2.12", "component": "kube-apiserver", "op": "has", "flags": ["enable-admission-plugins"], "value": ["SecurityContextDeny", "PodSecurityPolicy"], "unset": "fail", "below": 30},
	{"id": "1.2.13", "component": "kube-apiserver", "op": "not_has", "flags": ["disable-admission-plugins"], "value": ["ServiceAccount"], "unset": "pass"},
	{"id": "1.2.14", "component": "kube-apiserver", "op": "not_has", "flags": ["disable-admission-plugins"], "value": ["NamespaceLifecycle"], "unset": "pass"},
	{"id": "1.2.15", "component": "kube-apiserver", "op": "has", "flags": ["enable-admission-plugins"], "value": ["NodeRestriction"], "unset": "fail"},
	{"id": "1.2.16", "component": "kube-apiserver", "op": "bool", "flags": ["profiling"], "value": false, "unset": "fail"},
	{"id": "1.2.17", "component": "kube-apiserver", "op": "set", "flags": ["audit-log-path"], "unset": "fail"},
	{"id": "1.2.18", "component": "kube-apiserver", "op": "gte", "flags": ["audit-log-maxage"], "value": 30, "unset": "fail"},
	{"id": "1.2.19", "component": "kube-apiserver", "op": "gte", "flags": ["audit-log-maxbackup"], "value": 10, "unset": "fail"},
	{"id": "1.2.20", "component": "kube-apiserver", "op": "gte", "flags": ["audit-log-maxsize"], "value": 100, "unset": "fail"},
	{"id": "1.2.21", "component": "kube-apiserver", "op": "duration", "flags": ["request-timeout"], "setting": "requestTimeout", "unset": "pass"},
	{"id": "1.2.22", "component": "kube-apiserver", "op": "bool", "flags": ["service-account-lookup"], "value": true, "unset": "pass"},
	{"id": "1.2.23", "component": "kube-apiserver", "op": "set", "flags": ["service-account-key-file"], "unset": "fail"},
	{"id": "1.2.24", "component": "kube-apiserver", "op": "set", "flags": ["etcd-certfile", "etcd-keyfile"], "unset": "fail"},
	{"id": "1.2.25", "component": "kube-apiserver", "op": "set", "flags": ["tls-cert-file", "tls-private-key-file"], "unset": "fail"},
	{"id": "1.2.26", "component": "kube-apiserver", "op": "set", "flags": ["client-ca-file"], "unset": "fail"},
	{"id": "1.2.27", "component": "kube-apiserver", "op": "set", "flags": ["etcd-cafile"], "unset": "fail"},
	{"id": "1.2.28", "component": "kube-apiserver", "op": "set", "flags": ["encryption-provider-config"], "unset": "fail"},
	{"id": "1.2.30", "component": "kube-apiserver", "op": "subset", "flags": ["tls-cipher-suites"], "value": api_server_ciphers, "unset": "fail"},
	{"id": "1.3.1", "component": "kube-controller-manager", "op": "positive", "flags": ["terminated-pod-gc-threshold"], "unset": "fail"},
	{"id": "1.3.2", "component": "kube-controller-manager", "op": "bool", "flags": ["profiling"], "value": false, "unset": "fail"},
	{"id": "1.3.3", "component": "kube-controller-manager", "op": "bool", "flags": ["use-service-account-credentials"], "value": true, "unset": "fail"},
	{"id": "1.3.4", "component": "kube-controller-manager", "op": "set", "flags": ["service-account-private-key-file"], "unset": "fail"},
	{"id": "1.3.5", "component": "kube-controller-manager", "op": "set", "flags": ["root-ca-file"], "unset": "fail"},
	{"id": "1.3.6", "component": "kube-controller-manager", "op": "gate_on", "flags": ["feature-gates"], "value": "RotateKubeletServerCertificate", "unset": "pass"},
	{"id": "1.3.7", "component": "kube-controller-manager", "op": "loopback", "flags": ["bind-address"], "unset": "fail"},
	{"id": "1.4.1", "component": "kube-scheduler", "op": "bool", "flags": ["profiling"], "value": false, "unset": "fail"},
	{"id": "1.4.2", "component": "kube-scheduler", "op": "loopback", "flags": ["bind-address"], "unset": "fail"},
	{"id": "2.1", "component": "etcd", "op": "set", "flags": ["cert-file", "key-file"], "unset": "fail"},
	{"id": "2.2", "component": "etcd", "op": "bool", "flags": ["client-cert-auth"], "value": true, "unset": "fail"},
	{"id": "2.3", "component": "etcd", "op": "bool", "flags": ["auto-tls"], "value": false, "unset": "pass"},
	{"id": "2.4", "component": "etcd", "op": "set", "flags": ["peer-cert-file", "peer-key-file"], "unset": "fail", "clustered": true},
	{"id": "2.5", "component": "etcd", "op": "bool", "flags": ["peer-client-cert-auth"], "value": true, "unset": "fail", "clustered": true},
	{"id": "2.6", "component": "etcd", "op": "bool", "flags": ["peer-auto-tls"], "value": false, "unset": "pass", "clustered": true},
	{"id": "2.7", "component": "etcd", "op": "set", "flags": ["trusted-ca-file"], "unset": "fail"},
	{"id": "3.2.1", "component": "kube-apiserver", "op": "set", "flags": ["audit-policy-file"], "unset": "fail"},
]

# Kubelet settings: a flag, the KubeletConfiguration field behind it, and the value each form takes when absent.
# A row without a default for a form has the verdict `unset` there.
kubelet := [
	{"id": "4.2.1", "op": "bool", "flags": ["anonymous-auth"], "fields": [["authentication", "anonymous", "enabled"]], "value": false, "flag_default": "true", "config_default": "false", "unset": "fail"},
	{"id": "4.2.2", "op": "not_has", "flags": ["authorization-mode"], "fields": [["authorization", "mode"]], "value": ["AlwaysAllow"], "flag_default": "AlwaysAllow", "config_default": "Webhook", "unset": "fail"},
	{"id": "4.2.3", "op": "set", "flags": ["client-ca-file"], "fields": [["authentication", "x509", "clientCAFile"]], "unset": "fail"},
	{"id": "4.2.4", "op": "zero", "flags": ["read-only-port"], "fields": [["readOnlyPort"]], "flag_default": "10255", "config_default": "0", "unset": "fail"},
	{"id": "4.2.5", "op": "duration_not_zero", "flags": ["streaming-connection-idle-timeout"], "fields": [["streamingConnectionIdleTimeout"]], "unset": "pass"},
	{"id": "4.2.6", "op": "bool", "flags": ["make-iptables-util-chains"], "fields": [["makeIPTablesUtilChains"]], "value": true, "unset": "pass"},
	{"id": "4.2.7", "op": "not_set", "flags": ["hostname-override"], "fields": [], "unset": "pass"},
	{"id": "4.2.8", "op": "gte", "flags": ["event-qps"], "fields": [["eventRecordQPS"]], "value": 0, "unset": "pass"},
	{"id": "4.2.9", "op": "set", "flags": ["tls-cert-file", "tls-private-key-file"], "fields": [["tlsCertFile"], ["tlsPrivateKeyFile"]], "unset": "fail", "bootstrap_suffices": true},
	{"id": "4.2.10", "op": "bool", "flags": ["rotate-certificates"], "fields": [["rotateCertificates"]], "value": true, "unset": "pass", "strict_unset": "fail"},
	{"id": "4.2.11", "op": "gate_on", "flags": ["feature-gates"], "fields": [["featureGates"]], "value": "RotateKubeletServerCertificate", "unset": "pass", "bootstrap_suffices": true},
	{"id": "4.2.12", "op": "subset", "flags": ["tls-cipher-suites"], "fields": [["tlsCipherSuites"]], "value": kubelet_ciphers, "unset": "fail"},
	{"id": "4.2.13", "op": "positive", "flags": ["pod-max-pids"], "fields": [["podPidsLimit"]], "unset": "fail"},
]

api_server_ciphers := {
	"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
	"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
	"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
	"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305", "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
	"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
	"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
	"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305", "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
	"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_GCM_SHA256",
	"TLS_RSA_WITH_AES_256_CBC_SHA", "TLS_RSA_WITH_AES_256_GCM_SHA384",
}

kubelet_ciphers := {
	"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
	"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
	"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
	"TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_GCM_SHA256",
}

# Files of a node. `path` is exact; `under` is a directory whose descendants count, `suffix` narrows them;
# `flag` names the process flag that moves the file away from `path`.
files := array.concat(
	[row |
		some i, name in ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"]
		some row in pair("1.1", (2 * i) + 1, {"paths": [sprintf("/etc/kubernetes/manifests/%s.yaml", [name])]}, "0600")
	],
	array.concat(
		[row |
			some first, place in {
				9: {"paths": [], "under": ["/etc/cni/net.d", "/var/lib/cni/networks"]},
				13: {"paths": ["/etc/kubernetes/admin.conf"]},
				15: {"paths": ["/etc/kubernetes/scheduler.conf"]},
				17: {"paths": ["/etc/kubernetes/controller-manager.conf"]},
			}
			some row in pair("1.1", first, place, "0600")
		],
		array.concat(
			[
				{"id": "1.1.11", "op": "mode", "value": "0700", "paths": ["/var/lib/etcd"], "flag": {"process": "etcd", "name": "data-dir"}, "directory": true},
				{"id": "1.1.12", "op": "owner", "setting": "etcdDataOwners", "paths": ["/var/lib/etcd"], "flag": {"process": "etcd", "name": "data-dir"}},
				{"id": "1.1.19", "op": "owner", "paths": ["/etc/kubernetes/pki"], "under": ["/etc/kubernetes/pki"]},
				{"id": "1.1.20", "op": "mode", "setting": "certificateMode", "paths": [], "under": ["/etc/kubernetes/pki"], "suffix": ".crt"},
				{"id": "1.1.21", "op": "mode", "value": "0600", "paths": [], "under": ["/etc/kubernetes/pki"], "suffix": ".key"},
			],
			[row |
				some first, place in {
					1: {"paths": [
						"/etc/systemd/system/kubelet.service.d/10-kubeadm.conf",
						"/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf",
					]},
					3: {"paths": ["/etc/kubernetes/proxy.conf"], "flag": {"process": "kube-proxy", "name": "kubeconfig"}},
					5: {"paths": ["/etc/kubernetes/kubelet.conf"], "flag": {"process": "kubelet", "name": "kubeconfig"}},
					7: {"paths": ["/etc/kubernetes/pki/ca.crt"], "flag": {"process": "kubelet", "name": "client-ca-file"}, "field": ["authentication", "x509", "clientCAFile"]},
					9: {"paths": ["/var/lib/kubelet/config.yaml"], "flag": {"process": "kubelet", "name": "config"}},
				}
				some row in pair("4.1", first, place, "0600")
			],
		),
	),
)

# The benchmark lists most files twice: mode first, owner next.
pair(section, first, place, mode) := [
	object.union(place, {"id": sprintf("%s.%d", [section, first]), "op": "mode", "value": mode}),
	object.union(place, {"id": sprintf("%s.%d", [section, first + 1]), "op": "owner"}),
]

# Grants that RBAC rules should make rarely.
grants := [
	{"id": "5.1.2", "kinds": {"Role", "ClusterRole"}, "groups": {""}, "resources": {"secrets"}, "verbs": {"get", "list", "watch"}, "named": {"get"}},
	{"id": "5.1.4", "kinds": {"Role", "ClusterRole"}, "groups": {""}, "resources": {"pods"}, "verbs": {"create"}, "named": set()},
	{"id": "5.1.8", "kinds": {"Role", "ClusterRole"}, "groups": {"rbac.authorization.k8s.io"}, "resources": {"roles", "clusterroles"}, "verbs": {"bind", "escalate"}, "named": {"bind", "escalate"}},
	{"id": "5.1.8", "kinds": {"Role", "ClusterRole"}, "groups": {""}, "resources": {"users", "groups", "serviceaccounts"}, "verbs": {"impersonate"}, "named": {"impersonate"}},
	{"id": "5.1.8", "kinds": {"Role", "ClusterRole"}, "groups": {"authentication.k8s.io"}, "resources": {"userextras", "uids"}, "verbs": {"impersonate"}, "named": {"impersonate"}},
	{"id": "5.1.9", "kinds": {"Role", "ClusterRole"}, "groups": {""}, "resources": {"persistentvolumes"}, "verbs": {"create"}, "named": set()},
	{"id": "5.1.10", "kinds": {"Role", "ClusterRole"}, "groups": {""}, "resources": {"nodes/proxy"}, "verbs": {"get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"}, "named": set()},
	{"id": "5.1.11", "kinds": {"ClusterRole"}, "groups": {"certificates.k8s.io"}, "resources": {"certificatesigningrequests/approval"}, "verbs": {"update", "patch"}, "named": set()},
	{"id": "5.1.12", "kinds": {"ClusterRole"}, "groups": {"admissionregistration.k8s.io"}, "resources": {"validatingwebhookconfigurations", "mutatingwebhookconfigurations"}, "verbs": {"create", "update", "patch", "delete", "deletecollection"}, "named": set()},
	{"id": "5.1.13", "kinds": {"Role", "ClusterRole"}, "groups": {""}, "resources": {"serviceaccounts/token"}, "verbs": {"create"}, "named": {"create"}},
]

# Workload recommendations: the test (workloads.rego) and the lowest Pod Security level that would refuse the Pod.
workloads := [
	{"id": "5.2.2", "test": "privileged", "level": "baseline"},
	{"id": "5.2.3", "test": "hostPID", "level": "baseline"},
	{"id": "5.2.4", "test": "hostIPC", "level": "baseline"},
	{"id": "5.2.5", "test": "hostNetwork", "level": "baseline"},
	{"id": "5.2.6", "test": "allowPrivilegeEscalation", "level": "restricted"},
	{"id": "5.2.7", "test": "root", "level": "restricted"},
	{"id": "5.2.8", "test": "netRaw", "level": "restricted"},
	{"id": "5.2.9", "test": "addedCapabilities", "level": "restricted"},
	{"id": "5.2.10", "test": "keptCapabilities", "level": "restricted"},
	{"id": "5.2.11", "test": "hostProcess", "level": "baseline"},
	{"id": "5.2.12", "test": "hostPath", "level": "baseline"},
	{"id": "5.2.13", "test": "hostPort", "level": "baseline"},
	{"id": "5.4.1", "test": "secretEnvironment"},
	{"id": "5.7.2", "test": "seccomp"},
	{"id": "5.7.3", "test": "securityContext"},
]

# Every recommendation, with the status that an input without any evidence for it gets.
absent[id] := "not-evaluated" if some id in control_plane_ids

absent[id] := "not-applicable" if some id in object_ids

absent[id] := "not-evaluated" if some id in cluster_ids

control_plane_ids := ({row.id | some row in flags} | {row.id | some row in kubelet}) | ({row.id | some row in files} | {"1.2.29", "3.1.1", "3.1.2", "3.1.3", "3.2.2"})

object_ids := ({row.id | some row in grants} | {row.id | some row in workloads}) | {"5.1.1", "5.1.3", "5.1.5", "5.1.6", "5.1.7", "5.3.2", "5.4.2", "5.7.1", "5.7.4"}

cluster_ids := {"5.2.1", "5.3.1", "5.5.1"}

# Recommendations for which manifests show only part of the truth.
partial := {"2.7", "3.1.1", "3.1.2", "3.1.3", "3.2.2", "5.1.7", "5.2.1", "5.3.1", "5.4.2", "5.5.1", "5.7.1"}
