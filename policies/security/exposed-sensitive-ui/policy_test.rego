package lintel.security.exposed_sensitive_ui_test

import data.lintel.security.exposed_sensitive_ui as policy

parameters := {"LT-POD-054": {"interfaces": {"argo-server": "Argo Workflows", "argocd-server": "Argo CD", "kubernetes-dashboard": "Kubernetes Dashboard", "weave-scope-app": "Weave Scope", "kubeflow-ui": "Kubeflow", "centraldashboard": "Kubeflow", "istio-kiali": "Kiali", "kiali": "Kiali", "longhorn-ui": "Longhorn", "jenkins": "Jenkins", "prometheus": "Prometheus", "alertmanager": "Alertmanager", "etcd": "etcd"}}}

test_reports_by_name if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "argo-server", "namespace": "shop"}, "spec": {"type": "NodePort", "selector": {}, "ports": [{"port": 80}]}} with data.parameters as parameters
	messages == {`Service "argo-server" exposes the interface of Argo Workflows outside the cluster (type NodePort)`}
}

test_reports_by_selector if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s", "namespace": "shop"}, "spec": {"type": "LoadBalancer", "selector": {"app": "kubernetes-dashboard"}, "ports": [{"port": 80}]}} with data.parameters as parameters
	messages == {`Service "s" exposes the interface of Kubernetes Dashboard outside the cluster (type LoadBalancer)`}
}

test_accepts_cluster_ip if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "argo-server", "namespace": "shop"}, "spec": {"type": "ClusterIP", "selector": {}, "ports": [{"port": 80}]}} with data.parameters as parameters
}

test_accepts_another if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s", "namespace": "shop"}, "spec": {"type": "LoadBalancer", "selector": {"app": "web"}, "ports": [{"port": 80}]}} with data.parameters as parameters
}
