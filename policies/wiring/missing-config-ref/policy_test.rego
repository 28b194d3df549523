package lintel.wiring.missing_config_ref_test

import data.lintel.wiring.missing_config_ref as policy

defaults := {"LT-REF-008": {"externalRefs": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"ConfigMap": {
					"settings": {
						"apiVersion": "v1",
						"kind": "ConfigMap",
						"metadata": {"name": "settings", "namespace": "shop"},
						"data": {"mode": "fast"},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"template": {
								"spec": {
									"imagePullSecrets": [{"name": "registry"}],
									"initContainers": [{"name": "init", "image": "example.com/a:1", "envFrom": [{"secretRef": {"name": "token"}}]}],
									"containers": [
										{
											"name": "web",
											"image": "example.com/a:1",
											"env": [{"name": "MODE", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "speed"}}}],
										},
									],
									"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1", "envFrom": [{"configMapRef": {"name": "nothing"}}]}],
									"volumes": [
										{"name": "all", "projected": {"sources": [{"configMap": {"name": "more"}}]}},
										{"name": "secret", "secret": {"secretName": "tls"}},
									],
								},
							},
						},
					},
				},
			},
			"networking.k8s.io/v1": {
				"Ingress": {
					"web": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"tls": [{"secretName": "web-tls"}]},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_deployment_web if {
	messages(fail_bundle.namespace.shop["apps/v1"].Deployment.web, fail_bundle) == {"ConfigMap \"more\" is not in namespace \"shop\"", "ConfigMap \"nothing\" is not in namespace \"shop\"", "ConfigMap \"settings\" has no key \"speed\"", "Secret \"registry\" is not in namespace \"shop\"", "Secret \"tls\" is not in namespace \"shop\"", "Secret \"token\" is not in namespace \"shop\""}
}

test_reports_ingress_web if {
	messages(fail_bundle.namespace.shop["networking.k8s.io/v1"].Ingress.web, fail_bundle) == {"Secret \"web-tls\" is not in namespace \"shop\""}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"ConfigMap": {
					"settings": {
						"apiVersion": "v1",
						"kind": "ConfigMap",
						"metadata": {"name": "settings", "namespace": "shop"},
						"data": {"mode": "fast"},
					},
				},
			},
			"bitnami.com/v1alpha1": {
				"SealedSecret": {
					"token": {
						"apiVersion": "bitnami.com/v1alpha1",
						"kind": "SealedSecret",
						"metadata": {"name": "token", "namespace": "shop"},
					},
				},
			},
			"external-secrets.io/v1": {
				"ExternalSecret": {
					"database": {
						"apiVersion": "external-secrets.io/v1",
						"kind": "ExternalSecret",
						"metadata": {"name": "database", "namespace": "shop"},
						"spec": {"target": {"name": "db"}},
					},
				},
			},
			"cert-manager.io/v1": {
				"Certificate": {
					"web": {
						"apiVersion": "cert-manager.io/v1",
						"kind": "Certificate",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"secretName": "web-tls"},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"template": {
								"spec": {
									"initContainers": [
										{
											"name": "init",
											"image": "example.com/a:1",
											"envFrom": [{"secretRef": {"name": "token"}}, {"secretRef": {"name": "extra", "optional": true}}],
										},
									],
									"containers": [
										{
											"name": "web",
											"image": "example.com/a:1",
											"env": [
												{"name": "MODE", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "mode"}}},
												{"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}},
											],
										},
									],
									"volumes": [
										{"name": "ca", "configMap": {"name": "kube-root-ca.crt"}},
										{"name": "all", "configMap": {"name": "settings"}},
										{"name": "opt", "secret": {"secretName": "none", "optional": true}},
									],
								},
							},
						},
					},
				},
			},
			"networking.k8s.io/v1": {
				"Ingress": {
					"web": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"tls": [{"secretName": "web-tls"}]},
					},
					"shim": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {
							"name": "shim",
							"namespace": "shop",
							"annotations": {"cert-manager.io/cluster-issuer": "letsencrypt"},
						},
						"spec": {"tls": [{"secretName": "shim-tls"}]},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_deployment_web if {
	messages(pass_bundle.namespace.shop["apps/v1"].Deployment.web, pass_bundle) == set()
}

test_allows_ingress_web if {
	messages(pass_bundle.namespace.shop["networking.k8s.io/v1"].Ingress.web, pass_bundle) == set()
}

test_allows_ingress_shim if {
	messages(pass_bundle.namespace.shop["networking.k8s.io/v1"].Ingress.shim, pass_bundle) == set()
}

test_allows_external_ref if {
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {}, "spec": {"imagePullSecrets": [{"name": "registry"}]}}
	count(policy.deny) == 0 with input as pod with data.inventory as {}
		with data.parameters as {"LT-REF-008": {"externalRefs": ["registry"]}}
}
