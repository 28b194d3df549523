# Three inputs for every recommendation: one that passes, one that fails, one that leaves the setting out.
package lintel.cis.cases

# Command-line arguments per recommendation; [] in `unset` is the component without any flag.
flag_cases := {
	"1.2.1": {"component": "kube-apiserver", "pass": ["--anonymous-auth=false"], "fail": ["--anonymous-auth=true"], "unset": "fail"},
	"1.2.2": {"component": "kube-apiserver", "pass": ["--profiling=false"], "fail": ["--token-auth-file=/etc/tokens.csv"], "unset": "pass"},
	"1.2.3": {"component": "kube-apiserver", "pass": ["--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs"], "fail": ["--enable-admission-plugins=NodeRestriction"], "unset": "fail"},
	"1.2.4": {"component": "kube-apiserver", "pass": ["--kubelet-client-certificate=a.crt", "--kubelet-client-key=a.key"], "fail": ["--kubelet-client-certificate=a.crt"], "unset": "fail"},
	"1.2.5": {"component": "kube-apiserver", "pass": ["--kubelet-certificate-authority=ca.crt"], "fail": ["--kubelet-certificate-authority="], "unset": "fail"},
	"1.2.6": {"component": "kube-apiserver", "pass": ["--authorization-mode=Node,RBAC"], "fail": ["--authorization-mode=RBAC,AlwaysAllow"], "unset": "fail"},
	"1.2.7": {"component": "kube-apiserver", "pass": ["--authorization-mode=RBAC,Node"], "fail": ["--authorization-mode=RBAC"], "unset": "fail"},
	"1.2.8": {"component": "kube-apiserver", "pass": ["--authorization-mode=RBAC"], "fail": ["--authorization-mode=Node,ABAC"], "unset": "fail"},
	"1.2.9": {"component": "kube-apiserver", "pass": ["--enable-admission-plugins=EventRateLimit", "--admission-control-config-file=a.yaml"], "fail": ["--enable-admission-plugins=EventRateLimit"], "unset": "fail"},
	"1.2.10": {"component": "kube-apiserver", "pass": ["--enable-admission-plugins=NodeRestriction"], "fail": ["--enable-admission-plugins=AlwaysAdmit"], "unset": "pass"},
	"1.2.11": {"component": "kube-apiserver", "pass": ["--enable-admission-plugins=AlwaysPullImages"], "fail": ["--enable-admission-plugins=NodeRestriction"], "unset": "fail"},
	"1.2.12": {"component": "kube-apiserver", "pass": ["--enable-admission-plugins=SecurityContextDeny"], "fail": ["--enable-admission-plugins=NodeRestriction"], "unset": "fail"},
	"1.2.13": {"component": "kube-apiserver", "pass": ["--disable-admission-plugins=DefaultStorageClass"], "fail": ["--disable-admission-plugins=DefaultStorageClass,ServiceAccount"], "unset": "pass"},
	"1.2.14": {"component": "kube-apiserver", "pass": ["--disable-admission-plugins="], "fail": ["--disable-admission-plugins=NamespaceLifecycle"], "unset": "pass"},
	"1.2.15": {"component": "kube-apiserver", "pass": ["--enable-admission-plugins=NodeRestriction"], "fail": ["--enable-admission-plugins=AlwaysPullImages"], "unset": "fail"},
	"1.2.16": {"component": "kube-apiserver", "pass": ["--profiling=false"], "fail": ["--profiling=true"], "unset": "fail"},
	"1.2.17": {"component": "kube-apiserver", "pass": ["--audit-log-path=-"], "fail": ["--audit-webhook-config-file=a.yaml"], "unset": "fail"},
	"1.2.18": {"component": "kube-apiserver", "pass": ["--audit-log-maxage=30"], "fail": ["--audit-log-maxage=29"], "unset": "fail"},
	"1.2.19": {"component": "kube-apiserver", "pass": ["--audit-log-maxbackup=10"], "fail": ["--audit-log-maxbackup=9"], "unset": "fail"},
	"1.2.20": {"component": "kube-apiserver", "pass": ["--audit-log-maxsize=100"], "fail": ["--audit-log-maxsize=99"], "unset": "fail"},
	"1.2.21": {"component": "kube-apiserver", "pass": ["--request-timeout=5m0s"], "fail": ["--request-timeout=24h"], "unset": "pass"},
	"1.2.22": {"component": "kube-apiserver", "pass": ["--service-account-lookup=true"], "fail": ["--service-account-lookup=false"], "unset": "pass"},
	"1.2.23": {"component": "kube-apiserver", "pass": ["--service-account-key-file=sa.pub"], "fail": ["--service-account-key-file="], "unset": "fail"},
	"1.2.24": {"component": "kube-apiserver", "pass": ["--etcd-certfile=a.crt", "--etcd-keyfile=a.key"], "fail": ["--etcd-keyfile=a.key"], "unset": "fail"},
	"1.2.25": {"component": "kube-apiserver", "pass": ["--tls-cert-file=a.crt", "--tls-private-key-file=a.key"], "fail": ["--tls-cert-file=a.crt"], "unset": "fail"},
	"1.2.26": {"component": "kube-apiserver", "pass": ["--client-ca-file=ca.crt"], "fail": ["--client-ca-file="], "unset": "fail"},
	"1.2.27": {"component": "kube-apiserver", "pass": ["--etcd-cafile=ca.crt"], "fail": ["--etcd-cafile="], "unset": "fail"},
	"1.2.28": {"component": "kube-apiserver", "pass": ["--encryption-provider-config=e.yaml"], "fail": ["--encryption-provider-config="], "unset": "fail"},
	"1.2.30": {"component": "kube-apiserver", "pass": ["--tls-cipher-suites=TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,TLS_AES_128_GCM_SHA256"], "fail": ["--tls-cipher-suites=TLS_RSA_WITH_RC4_128_SHA"], "unset": "fail"},
	"1.3.1": {"component": "kube-controller-manager", "pass": ["--terminated-pod-gc-threshold=10"], "fail": ["--terminated-pod-gc-threshold=0"], "unset": "fail"},
	"1.3.2": {"component": "kube-controller-manager", "pass": ["--profiling=false"], "fail": ["--profiling=true"], "unset": "fail"},
	"1.3.3": {"component": "kube-controller-manager", "pass": ["--use-service-account-credentials=true"], "fail": ["--use-service-account-credentials=false"], "unset": "fail"},
	"1.3.4": {"component": "kube-controller-manager", "pass": ["--service-account-private-key-file=sa.key"], "fail": ["--service-account-private-key-file="], "unset": "fail"},
	"1.3.5": {"component": "kube-controller-manager", "pass": ["--root-ca-file=ca.crt"], "fail": ["--root-ca-file="], "unset": "fail"},
	"1.3.6": {"component": "kube-controller-manager", "pass": ["--feature-gates=RotateKubeletServerCertificate=true"], "fail": ["--feature-gates=GracefulNodeShutdown=true,RotateKubeletServerCertificate=false"], "unset": "pass"},
	"1.3.7": {"component": "kube-controller-manager", "pass": ["--bind-address=127.0.0.1"], "fail": ["--bind-address=0.0.0.0"], "unset": "fail"},
	"1.4.1": {"component": "kube-scheduler", "pass": ["--profiling=false"], "fail": ["--profiling=true"], "unset": "fail"},
	"1.4.2": {"component": "kube-scheduler", "pass": ["--bind-address=::1"], "fail": ["--bind-address=::"], "unset": "fail"},
	"2.1": {"component": "etcd", "pass": ["--cert-file=a.crt", "--key-file=a.key"], "fail": ["--cert-file=a.crt"], "unset": "fail"},
	"2.2": {"component": "etcd", "pass": ["--client-cert-auth"], "fail": ["--client-cert-auth=false"], "unset": "fail"},
	"2.3": {"component": "etcd", "pass": ["--auto-tls=false"], "fail": ["--auto-tls"], "unset": "pass"},
	"2.4": {"component": "etcd", "pass": ["--peer-cert-file=a.crt", "--peer-key-file=a.key"], "fail": ["--peer-key-file=a.key"], "unset": "fail"},
	"2.5": {"component": "etcd", "pass": ["--peer-client-cert-auth=true"], "fail": ["--peer-client-cert-auth=false"], "unset": "fail"},
	"2.6": {"component": "etcd", "pass": ["--peer-auto-tls=false"], "fail": ["--peer-auto-tls=true"], "unset": "pass"},
	"2.7": {"component": "etcd", "pass": ["--trusted-ca-file=etcd-ca.crt"], "fail": ["--trusted-ca-file="], "unset": "fail"},
	"3.1.1": {"component": "kube-apiserver", "pass": ["--oidc-issuer-url=https://login.example.com"], "fail": ["--client-ca-file=ca.crt"], "unset": "fail"},
	"3.2.1": {"component": "kube-apiserver", "pass": ["--audit-policy-file=p.yaml"], "fail": ["--audit-log-path=-"], "unset": "fail"},
}

# KubeletConfiguration fragments and the same as flags.
kubelet_cases := {
	"4.2.1": {"pass": {"authentication": {"anonymous": {"enabled": false}}}, "fail": {"authentication": {"anonymous": {"enabled": true}}}, "unset": "pass", "flags": {"pass": ["--anonymous-auth=false"], "fail": ["--anonymous-auth"], "unset": "fail"}},
	"4.2.2": {"pass": {"authorization": {"mode": "Webhook"}}, "fail": {"authorization": {"mode": "AlwaysAllow"}}, "unset": "pass", "flags": {"pass": ["--authorization-mode=Webhook"], "fail": ["--authorization-mode=AlwaysAllow"], "unset": "fail"}},
	"4.2.3": {"pass": {"authentication": {"x509": {"clientCAFile": "ca.crt"}}}, "fail": {"authentication": {"x509": {"clientCAFile": ""}}}, "unset": "fail", "flags": {"pass": ["--client-ca-file=ca.crt"], "fail": ["--client-ca-file="], "unset": "fail"}},
	"4.2.4": {"pass": {"readOnlyPort": 0}, "fail": {"readOnlyPort": 10255}, "unset": "pass", "flags": {"pass": ["--read-only-port=0"], "fail": ["--read-only-port=10255"], "unset": "fail"}},
	"4.2.5": {"pass": {"streamingConnectionIdleTimeout": "5m"}, "fail": {"streamingConnectionIdleTimeout": "0s"}, "unset": "pass", "flags": {"pass": ["--streaming-connection-idle-timeout=1h"], "fail": ["--streaming-connection-idle-timeout=0"], "unset": "pass"}},
	"4.2.6": {"pass": {"makeIPTablesUtilChains": true}, "fail": {"makeIPTablesUtilChains": false}, "unset": "pass", "flags": {"pass": ["--make-iptables-util-chains"], "fail": ["--make-iptables-util-chains=false"], "unset": "pass"}},
	"4.2.8": {"pass": {"eventRecordQPS": 0}, "fail": {"eventRecordQPS": -1}, "unset": "pass", "flags": {"pass": ["--event-qps=5"], "fail": ["--event-qps=-1"], "unset": "pass"}},
	"4.2.9": {"pass": {"tlsCertFile": "a.crt", "tlsPrivateKeyFile": "a.key"}, "fail": {"tlsCertFile": "a.crt"}, "unset": "fail", "flags": {"pass": ["--tls-cert-file=a.crt", "--tls-private-key-file=a.key"], "fail": ["--tls-private-key-file=a.key"], "unset": "fail"}},
	"4.2.10": {"pass": {"rotateCertificates": true}, "fail": {"rotateCertificates": false}, "unset": "pass", "flags": {"pass": ["--rotate-certificates"], "fail": ["--rotate-certificates=false"], "unset": "pass"}},
	"4.2.11": {"pass": {"featureGates": {"RotateKubeletServerCertificate": true}}, "fail": {"featureGates": {"RotateKubeletServerCertificate": false}}, "unset": "pass", "flags": {"pass": ["--rotate-server-certificates", "--feature-gates=RotateKubeletServerCertificate=false"], "fail": ["--feature-gates=RotateKubeletServerCertificate=false"], "unset": "pass"}},
	"4.2.12": {"pass": {"tlsCipherSuites": ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]}, "fail": {"tlsCipherSuites": ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA"]}, "unset": "fail", "flags": {"pass": ["--tls-cipher-suites=TLS_RSA_WITH_AES_128_GCM_SHA256"], "fail": ["--tls-cipher-suites=TLS_RSA_WITH_AES_128_CBC_SHA"], "unset": "fail"}},
	"4.2.13": {"pass": {"podPidsLimit": 4096}, "fail": {"podPidsLimit": -1}, "unset": "fail", "flags": {"pass": ["--pod-max-pids=100"], "fail": ["--pod-max-pids=-1"], "unset": "fail"}},
}

# Files of a node: a good one, a bad one; a node without the file makes the clause not applicable.
manifest(name) := sprintf("/etc/kubernetes/manifests/%s.yaml", [name])

mode_paths := {
	"1.1.1": manifest("kube-apiserver"), "1.1.3": manifest("kube-controller-manager"),
	"1.1.5": manifest("kube-scheduler"), "1.1.7": manifest("etcd"),
	"1.1.9": "/etc/cni/net.d/10-calico.conflist", "1.1.11": "/var/lib/etcd",
	"1.1.13": "/etc/kubernetes/admin.conf", "1.1.15": "/etc/kubernetes/scheduler.conf",
	"1.1.17": "/etc/kubernetes/controller-manager.conf", "1.1.20": "/etc/kubernetes/pki/etcd/ca.crt",
	"1.1.21": "/etc/kubernetes/pki/sa.key",
	"4.1.1": "/etc/systemd/system/kubelet.service.d/10-kubeadm.conf", "4.1.3": "/etc/kubernetes/proxy.conf",
	"4.1.5": "/etc/kubernetes/kubelet.conf", "4.1.7": "/etc/kubernetes/pki/ca.crt", "4.1.9": "/var/lib/kubelet/config.yaml",
}

owner_paths := {
	"1.1.2": manifest("kube-apiserver"), "1.1.4": manifest("kube-controller-manager"),
	"1.1.6": manifest("kube-scheduler"), "1.1.8": manifest("etcd"),
	"1.1.10": "/var/lib/cni/networks/cbr0/last", "1.1.12": "/var/lib/etcd",
	"1.1.14": "/etc/kubernetes/admin.conf", "1.1.16": "/etc/kubernetes/scheduler.conf",
	"1.1.18": "/etc/kubernetes/controller-manager.conf", "1.1.19": "/etc/kubernetes/pki/ca.crt",
	"4.1.2": "/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf", "4.1.4": "/etc/kubernetes/proxy.conf",
	"4.1.6": "/etc/kubernetes/kubelet.conf", "4.1.8": "/etc/kubernetes/pki/ca.crt", "4.1.10": "/var/lib/kubelet/config.yaml",
}

good_mode(id) := "0700" if id == "1.1.11"

good_mode(id) := "0400" if id != "1.1.11"

good_owner(id) := {"uid": 997, "gid": 997, "owner": "etcd", "group": "etcd"} if id == "1.1.12"

good_owner(id) := {"uid": 0, "gid": 0, "owner": "root", "group": "root"} if id != "1.1.12"

directories := ["/etc/cni/net.d", "/var/lib/cni/networks", "/etc/kubernetes/pki"]

node(files) := {"node_facts": [{
	"apiVersion": "lintel/v1", "kind": "NodeFacts", "hostname": "n1", "processes": [], "configs": [], "unreadable": [],
	"files": files,
}]}

empty_node := node(array.concat(
	[{"path": path, "exists": false} | some path in {p | some map in [mode_paths, owner_paths]; some p in map}],
	[{"path": path, "exists": false} | some path in directories],
))

file_case(id) := {
	"pass": node([object.union({"path": mode_paths[id], "exists": true, "type": "file"}, {"mode": good_mode(id)})]),
	"fail": node([{"path": mode_paths[id], "exists": true, "type": "file", "mode": "0710"}]),
	"unset": empty_node,
	"unset_status": "not-applicable",
} if {
	mode_paths[id]
}

file_case(id) := {
	"pass": node([object.union({"path": owner_paths[id], "exists": true, "type": "file", "mode": "0600"}, good_owner(id))]),
	"fail": node([{"path": owner_paths[id], "exists": true, "type": "file", "mode": "0600", "uid": 1000, "gid": 0, "owner": "admin", "group": "root"}]),
	"unset": empty_node,
	"unset_status": "not-applicable",
} if {
	owner_paths[id]
}

# Objects: roles, bindings, Pods and namespaces.
role(rules) := {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "r"}, "rules": rules}

rule(group, resource, verb) := {"apiGroups": [group], "resources": [resource], "verbs": [verb]}

harmless := rule("apps", "deployments", "get")

grant_cases := {
	"5.1.2": {"pass": rule("", "secrets", "create"), "fail": rule("", "secrets", "list")},
	"5.1.3": {"pass": harmless, "fail": rule("apps", "*", "get")},
	"5.1.4": {"pass": rule("", "pods", "get"), "fail": rule("", "pods", "create")},
	"5.1.8": {"pass": rule("rbac.authorization.k8s.io", "roles", "create"), "fail": rule("", "serviceaccounts", "impersonate")},
	"5.1.9": {"pass": rule("", "persistentvolumeclaims", "create"), "fail": rule("", "persistentvolumes", "create")},
	"5.1.10": {"pass": rule("", "nodes/*", "get"), "fail": rule("", "*/proxy", "get")},
	"5.1.11": {"pass": rule("certificates.k8s.io", "certificatesigningrequests", "create"), "fail": rule("certificates.k8s.io", "certificatesigningrequests/approval", "update")},
	"5.1.12": {"pass": rule("admissionregistration.k8s.io", "validatingwebhookconfigurations", "get"), "fail": rule("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "patch")},
	"5.1.13": {"pass": rule("", "serviceaccounts", "create"), "fail": rule("", "serviceaccounts/token", "create")},
}

pod(spec) := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": "shop"}, "spec": spec}

with_context(context) := pod({"containers": [{"name": "app", "securityContext": context}]})

bare := pod({"containers": [{"name": "app"}]})

workload_cases := {
	"5.2.2": {"pass": with_context({"privileged": false}), "fail": with_context({"privileged": true}), "unset": "pass"},
	"5.2.3": {"pass": pod({"hostPID": false}), "fail": pod({"hostPID": true}), "unset": "pass"},
	"5.2.4": {"pass": pod({"hostIPC": false}), "fail": pod({"hostIPC": true}), "unset": "pass"},
	"5.2.5": {"pass": pod({"hostNetwork": false}), "fail": pod({"hostNetwork": true}), "unset": "pass"},
	"5.2.6": {"pass": with_context({"allowPrivilegeEscalation": false}), "fail": with_context({"allowPrivilegeEscalation": true}), "unset": "fail"},
	"5.2.7": {"pass": with_context({"runAsUser": 1000}), "fail": with_context({"runAsNonRoot": true, "runAsUser": 0}), "unset": "fail"},
	"5.2.8": {"pass": with_context({"capabilities": {"drop": ["NET_RAW"]}}), "fail": with_context({"capabilities": {"drop": ["ALL"], "add": ["NET_RAW"]}}), "unset": "fail"},
	"5.2.9": {"pass": with_context({"capabilities": {"add": []}}), "fail": with_context({"capabilities": {"add": ["CHOWN"]}}), "unset": "pass"},
	"5.2.10": {"pass": with_context({"capabilities": {"drop": ["ALL"]}}), "fail": with_context({"capabilities": {"drop": ["NET_RAW"]}}), "unset": "fail"},
	"5.2.11": {"pass": with_context({"windowsOptions": {"hostProcess": false}}), "fail": pod({"securityContext": {"windowsOptions": {"hostProcess": true}}}), "unset": "pass"},
	"5.2.12": {"pass": pod({"volumes": [{"name": "v", "emptyDir": {}}]}), "fail": pod({"volumes": [{"name": "v", "hostPath": {"path": "/"}}]}), "unset": "pass"},
	"5.2.13": {"pass": pod({"containers": [{"name": "app", "ports": [{"containerPort": 80, "hostPort": 0}]}]}), "fail": pod({"containers": [{"name": "app", "ports": [{"containerPort": 80, "hostPort": 80}]}]}), "unset": "pass"},
	"5.4.1": {"pass": pod({"containers": [{"name": "app", "env": [{"name": "A", "value": "b"}]}]}), "fail": pod({"containers": [{"name": "app", "envFrom": [{"secretRef": {"name": "s"}}]}]}), "unset": "pass"},
	"5.7.2": {"pass": pod({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}, "containers": [{"name": "app"}]}), "fail": with_context({"seccompProfile": {"type": "Unconfined"}}), "unset": "fail"},
	"5.7.3": {"pass": with_context({"readOnlyRootFilesystem": true}), "fail": with_context({}), "unset": "fail"},
}

binding(role_name, subject) := {
	"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "b"},
	"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role_name},
	"subjects": [subject],
}

group(name) := {"kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": name}

account(name, automount) := {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name, "namespace": "shop"}, "automountServiceAccountToken": automount}

namespace(labels) := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": labels}}

secret(fields) := object.union({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s", "namespace": "shop"}}, fields)

daemon_set(image) := {
	"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "net", "namespace": "kube-system"},
	"spec": {"template": {"spec": {"containers": [{"name": "net", "image": image}]}}},
}

encryption(provider) := {
	"apiVersion": "apiserver.config.k8s.io/v1", "kind": "EncryptionConfiguration",
	"resources": [{"resources": ["secrets"], "providers": [provider, {"identity": {}}]}],
}

audit_policy(rules) := {"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "rules": rules}

static_pod(component, args) := {
	"apiVersion": "v1", "kind": "Pod",
	"metadata": {"name": component, "namespace": "kube-system", "labels": {"component": component, "tier": "control-plane"}},
	"spec": {"containers": [{"name": component, "command": array.concat([component], args)}]},
}

object_cases := {
	"1.2.29": {"pass": [encryption({"aescbc": {"keys": []}})], "fail": [encryption({"aesgcm": {"keys": []}})], "unset": [static_pod("kube-apiserver", [])], "unset_status": "fail"},
	"3.1.2": {"pass": [secret({"type": "Opaque"})], "fail": [secret({"type": "kubernetes.io/service-account-token"})], "unset": [], "unset_status": "not-evaluated"},
	"3.1.3": {"pass": [secret({"type": "bootstrap.kubernetes.io/token", "stringData": {"expiration": "2026-01-01T00:00:00Z"}})], "fail": [secret({"type": "bootstrap.kubernetes.io/token", "stringData": {"token-id": "abcdef"}})], "unset": [static_pod("kube-apiserver", [])], "unset_status": "pass"},
	"3.2.2": {"pass": [audit_policy([{"level": "Metadata"}])], "fail": [audit_policy([{"level": "Request"}])], "unset": [static_pod("kube-apiserver", [])], "unset_status": "fail"},
	"4.2.7": {"pass": [registration("InitConfiguration", {"node-labels": "a=b"})], "fail": [registration("JoinConfiguration", {"hostname-override": "n1"})], "unset": [registration("JoinConfiguration", {})], "unset_status": "pass"},
	"5.1.1": {"pass": [binding("view", group("people"))], "fail": [binding("cluster-admin", group("people"))], "unset": [], "unset_status": "not-applicable"},
	"5.1.5": {"pass": [account("default", false)], "fail": [account("default", true)], "unset": [], "unset_status": "not-applicable"},
	"5.1.6": {"pass": [pod({"automountServiceAccountToken": false})], "fail": [pod({"automountServiceAccountToken": true})], "unset": [pod({})], "unset_status": "fail"},
	"5.1.7": {"pass": [binding("view", group("people"))], "fail": [binding("view", group("system:masters"))], "unset": [], "unset_status": "not-applicable"},
	"5.2.1": {"pass": [namespace({"pod-security.kubernetes.io/enforce": "baseline"})], "fail": [namespace({"pod-security.kubernetes.io/enforce": "privileged"})], "unset": [namespace({})], "unset_status": "fail"},
	"5.3.1": {"pass": [daemon_set("quay.io/cilium/cilium:v1.15.0")], "fail": [daemon_set("flannel/flannel:v0.25.0")], "unset": [daemon_set("example.com/agent:1")], "unset_status": "not-evaluated"},
	"5.3.2": {"pass": [namespace({}), {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "n", "namespace": "shop"}, "spec": {"podSelector": {}}}], "fail": [namespace({})], "unset": [], "unset_status": "not-applicable"},
	"5.4.2": {"pass": [{"apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret", "metadata": {"name": "s"}}], "fail": [secret({"data": {"a": "Yg=="}})], "unset": [bare], "unset_status": "not-applicable"},
	"5.5.1": {"pass": [static_pod("kube-apiserver", ["--enable-admission-plugins=ImagePolicyWebhook"])], "fail": [static_pod("kube-apiserver", ["--enable-admission-plugins=NodeRestriction"])], "unset": [static_pod("kube-apiserver", [])], "unset_status": "fail"},
	"5.7.1": {"pass": [bare], "fail": [object.union(bare, {"metadata": {"name": "p", "namespace": "default"}})], "unset": [], "unset_status": "not-applicable"},
	"5.7.4": {"pass": [bare], "fail": [object.union(bare, {"metadata": {"name": "p", "namespace": "default"}})], "unset": [object.remove(bare, ["metadata"])], "unset_status": "fail"},
}

registration(kind, arguments) := {"apiVersion": "kubeadm.k8s.io/v1beta3", "kind": kind, "nodeRegistration": {"kubeletExtraArgs": arguments}}

resources(list) := {"resources": list}

kubelet_config(fields) := object.union({"apiVersion": "kubelet.config.k8s.io/v1beta1", "kind": "KubeletConfiguration"}, fields)

process(name, args) := {"node_facts": [{"apiVersion": "lintel/v1", "kind": "NodeFacts", "hostname": "n1", "files": [], "configs": [], "processes": [{"name": name, "args": args}]}]}

# all[id]: the three inputs of a recommendation and the status without the setting.
all[id] := {
	"pass": resources([static_pod(entry.component, entry.pass)]),
	"fail": resources([static_pod(entry.component, entry.fail)]),
	"unset": resources([static_pod(entry.component, [])]),
	"unset_status": entry.unset,
} if {
	some id, entry in flag_cases
}

all[id] := {
	"pass": resources([kubelet_config(entry.pass)]),
	"fail": resources([kubelet_config(entry.fail)]),
	"unset": resources([kubelet_config({})]),
	"unset_status": entry.unset,
} if {
	some id, entry in kubelet_cases
}

all[id] := file_case(id) if {
	some id in (object.keys(mode_paths) | object.keys(owner_paths))
}

all[id] := {
	"pass": resources([role([entry.pass])]),
	"fail": resources([role([harmless, entry.fail])]),
	"unset": resources([]),
	"unset_status": "not-applicable",
} if {
	some id, entry in grant_cases
}

all[id] := {
	"pass": resources([entry.pass]),
	"fail": resources([entry.fail]),
	"unset": resources([bare]),
	"unset_status": entry.unset,
} if {
	some id, entry in workload_cases
}

all[id] := {
	"pass": resources(entry.pass),
	"fail": resources(entry.fail),
	"unset": resources(entry.unset),
	"unset_status": entry.unset_status,
} if {
	some id, entry in object_cases
}
