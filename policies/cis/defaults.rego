# What installers and components put in place of a flag that nobody gave.
package lintel.cis.defaults

# kubeadm writes these flags unless extraArgs names them (kubeadm app/phases/controlplane, app/phases/etcd).
flags.kubeadm := {
	"kube-apiserver": {
		"authorization-mode": "Node,RBAC",
		"client-ca-file": "/etc/kubernetes/pki/ca.crt",
		"enable-admission-plugins": "NodeRestriction",
		"enable-bootstrap-token-auth": "true",
		"etcd-cafile": "/etc/kubernetes/pki/etcd/ca.crt",
		"etcd-certfile": "/etc/kubernetes/pki/apiserver-etcd-client.crt",
		"etcd-keyfile": "/etc/kubernetes/pki/apiserver-etcd-client.key",
		"kubelet-client-certificate": "/etc/kubernetes/pki/apiserver-kubelet-client.crt",
		"kubelet-client-key": "/etc/kubernetes/pki/apiserver-kubelet-client.key",
		"service-account-key-file": "/etc/kubernetes/pki/sa.pub",
		"tls-cert-file": "/etc/kubernetes/pki/apiserver.crt",
		"tls-private-key-file": "/etc/kubernetes/pki/apiserver.key",
	},
	"kube-controller-manager": {
		"bind-address": "127.0.0.1",
		"root-ca-file": "/etc/kubernetes/pki/ca.crt",
		"service-account-private-key-file": "/etc/kubernetes/pki/sa.key",
		"use-service-account-credentials": "true",
	},
	"kube-scheduler": {"bind-address": "127.0.0.1"},
	"etcd": {
		"cert-file": "/etc/kubernetes/pki/etcd/server.crt",
		"client-cert-auth": "true",
		"key-file": "/etc/kubernetes/pki/etcd/server.key",
		"peer-cert-file": "/etc/kubernetes/pki/etcd/peer.crt",
		"peer-client-cert-auth": "true",
		"peer-key-file": "/etc/kubernetes/pki/etcd/peer.key",
		"trusted-ca-file": "/etc/kubernetes/pki/etcd/ca.crt",
	},
}

# K3s and RKE2 start their components with these flags (k3s pkg/daemons/control, pkg/daemons/agent).
flags.k3s := {
	"kube-apiserver": {
		"anonymous-auth": "false",
		"authorization-mode": "Node,RBAC",
		"client-ca-file": "server/tls/client-ca.crt",
		"enable-admission-plugins": "NodeRestriction",
		"enable-bootstrap-token-auth": "true",
		"etcd-cafile": "server/tls/etcd/server-ca.crt",
		"etcd-certfile": "server/tls/etcd/client.crt",
		"etcd-keyfile": "server/tls/etcd/client.key",
		"kubelet-certificate-authority": "server/tls/server-ca.crt",
		"kubelet-client-certificate": "server/tls/client-kube-apiserver.crt",
		"kubelet-client-key": "server/tls/client-kube-apiserver.key",
		"profiling": "false",
		"service-account-key-file": "server/tls/service.key",
		"tls-cert-file": "server/tls/serving-kube-apiserver.crt",
		"tls-cipher-suites": "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305,TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
		"tls-private-key-file": "server/tls/serving-kube-apiserver.key",
	},
	"kube-controller-manager": {
		"bind-address": "127.0.0.1",
		"profiling": "false",
		"root-ca-file": "server/tls/server-ca.crt",
		"service-account-private-key-file": "server/tls/service.current.key",
		"use-service-account-credentials": "true",
	},
	"kube-scheduler": {"bind-address": "127.0.0.1", "profiling": "false"},
	"etcd": {
		"cert-file": "server/tls/etcd/server-client.crt",
		"client-cert-auth": "true",
		"key-file": "server/tls/etcd/server-client.key",
		"peer-cert-file": "server/tls/etcd/peer-server-client.crt",
		"peer-client-cert-auth": "true",
		"peer-key-file": "server/tls/etcd/peer-server-client.key",
		"trusted-ca-file": "server/tls/etcd/server-ca.crt",
	},
	"kubelet": {
		"anonymous-auth": "false",
		"authorization-mode": "Webhook",
		"client-ca-file": "agent/client-ca.crt",
		"read-only-port": "0",
		"tls-cert-file": "agent/serving-kubelet.crt",
		"tls-private-key-file": "agent/serving-kubelet.key",
	},
}

flags.none := {}

# The KubeletConfiguration kubeadm writes when its input holds none (kubeadm app/componentconfigs/kubelet.go).
kubeadm_kubelet := {
	"authentication": {
		"anonymous": {"enabled": false},
		"webhook": {"enabled": true},
		"x509": {"clientCAFile": "/etc/kubernetes/pki/ca.crt"},
	},
	"authorization": {"mode": "Webhook"},
	"rotateCertificates": true,
}

# Parameters of the module; `input.settings` overrides them one by one.
settings := {
	"allowedCapabilities": [],
	"automountAllowed": [],
	"certificateMode": "0600",
	"clusterAdmins": ["Group system:masters", "Group kubeadm:cluster-admins"],
	"etcdDataOwners": ["etcd:etcd"],
	"exemptNamespaces": ["kube-system", "kube-public", "kube-node-lease"],
	"includeControllers": false,
	"kubernetesVersion": "",
	"namespace": "",
	"requestTimeout": ["60s", "300s"],
	"seccompTypes": ["RuntimeDefault", "Localhost"],
	"strict": false,
}
