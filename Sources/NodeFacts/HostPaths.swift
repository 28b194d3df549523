/// The places the benchmark asks about (CIS Kubernetes Benchmark 1.8, sections 1.1 and 4.1).
enum HostPaths {
    static let components: Set<String> = [
        "kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd", "kubelet", "kube-proxy",
    ]

    /// Paths looked at one by one.
    static let single = [
        "/etc/kubernetes/manifests/kube-apiserver.yaml",
        "/etc/kubernetes/manifests/kube-controller-manager.yaml",
        "/etc/kubernetes/manifests/kube-scheduler.yaml",
        "/etc/kubernetes/manifests/etcd.yaml",
        "/etc/kubernetes/admin.conf",
        "/etc/kubernetes/super-admin.conf",
        "/etc/kubernetes/scheduler.conf",
        "/etc/kubernetes/controller-manager.conf",
        "/etc/kubernetes/kubelet.conf",
        "/etc/kubernetes/pki/ca.crt",
        "/etc/kubernetes/proxy.conf",
        "/etc/systemd/system/kubelet.service.d/10-kubeadm.conf",
        "/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf",
        "/var/lib/etcd",
        "/var/lib/kubelet/config.yaml",
    ]

    /// Directories looked at with everything below them.
    static let trees = ["/etc/cni/net.d", "/var/lib/cni/networks", "/etc/kubernetes/pki"]

    /// Flags that name a file whose mode and owner matter.
    static let fileFlags: [String: [String]] = [
        "kubelet": ["config", "kubeconfig", "client-ca-file"],
        "kube-proxy": ["kubeconfig", "config"],
        "etcd": ["data-dir"],
    ]

    /// Flags that name a configuration file worth reading. Files that hold keys or passwords, such as the
    /// EncryptionConfiguration and kubeconfigs, are left alone.
    static let configurationFlags: [String: [String]] = [
        "kubelet": ["config"],
        "kube-apiserver": [
            "audit-policy-file", "admission-control-config-file", "authentication-config", "authorization-config",
        ],
        "kube-scheduler": ["config"],
        "etcd": ["config-file"],
    ]

    /// Read when no kubelet names another file.
    static let kubeletConfiguration = "/var/lib/kubelet/config.yaml"
}
