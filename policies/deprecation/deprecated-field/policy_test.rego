package lintel.deprecation.deprecated_field_test

import data.lintel.deprecation.deprecated_field as policy

settings := {"kubernetes_version": "1.35", "pod_security_version": "latest"}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.settings as settings
}

test_reports_deployment_web if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "web"},
		"spec": {
			"template": {
				"metadata": {
					"annotations": {
						"seccomp.security.alpha.kubernetes.io/pod": "runtime/default",
						"container.seccomp.security.alpha.kubernetes.io/web": "runtime/default",
						"container.apparmor.security.beta.kubernetes.io/web": "runtime/default",
					},
				},
				"spec": {
					"nodeSelector": {"beta.kubernetes.io/os": "linux"},
					"initContainers": [{"name": "init", "image": "example.com/a:1"}],
					"containers": [{"name": "web", "image": "example.com/a:1"}],
					"volumes": [{"name": "code", "gitRepo": {"repository": "https://git.example.com/a"}}],
				},
			},
		},
	}) == {"annotation container.apparmor.security.beta.kubernetes.io/web of Deployment \"web\" is deprecated: use securityContext.appArmorProfile", "annotation container.seccomp.security.alpha.kubernetes.io/web of Deployment \"web\" is deprecated: use securityContext.seccompProfile", "annotation seccomp.security.alpha.kubernetes.io/pod of Deployment \"web\" is deprecated: use securityContext.seccompProfile", "node label beta.kubernetes.io/os is deprecated: use kubernetes.io/os", "volume \"code\" is of type gitRepo, which is deprecated: use an init container or an image volume"}
}

test_reports_ingress_web if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "web", "annotations": {"kubernetes.io/ingress.class": "nginx"}},
	}) == {"annotation kubernetes.io/ingress.class of Ingress \"web\" is deprecated: use spec.ingressClassName"}
}

test_reports_service_web if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "web"},
		"spec": {"loadBalancerIP": "203.0.113.1"},
	}) == {"spec.loadBalancerIP of Service \"web\" is deprecated: use an annotation of the provider"}
}

test_reports_pod_disk if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "disk"},
		"spec": {
			"containers": [{"name": "web", "image": "example.com/a:1"}],
			"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1"}],
			"volumes": [{"name": "disk", "awsElasticBlockStore": {"volumeID": "vol-1"}}],
		},
	}) == {"volume \"disk\" is of type awsElasticBlockStore, which is deprecated: use csi or a claim"}
}

test_allows_deployment_web if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "web", "annotations": {"example.com/owner": "web"}},
		"spec": {
			"template": {
				"metadata": {"annotations": {"example.com/a": "b"}},
				"spec": {
					"nodeSelector": {"kubernetes.io/os": "linux"},
					"containers": [{"name": "web", "image": "example.com/a:1"}],
					"volumes": [{"name": "tmp", "emptyDir": {}}],
				},
			},
		},
	}) == set()
}

test_allows_service_web if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "web"},
		"spec": {"type": "LoadBalancer"},
	}) == set()
}

test_tells_removed_drivers if {
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {"volumes": [{"name": "a", "cephfs": {}}, {"name": "b", "rbd": {}}]}}
	{found.msg | some found in policy.deny with input as pod with data.settings as {"kubernetes_version": "1.31", "pod_security_version": "latest"}} == {
		`volume "a" is of type cephfs, which Kubernetes 1.31 removed: use csi`,
		`volume "b" is of type rbd, which Kubernetes 1.31 removed: use csi`,
	}
	{found.msg | some found in policy.deny with input as pod with data.settings as {"kubernetes_version": "1.30", "pod_security_version": "latest"}} == {
		`volume "a" is of type cephfs, which is deprecated: use csi`,
		`volume "b" is of type rbd, which is deprecated: use csi`,
	}
}
