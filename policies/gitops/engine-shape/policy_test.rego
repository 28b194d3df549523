package lintel.gitops.engine_shape_test

import data.lintel.gitops.engine_shape as policy

defaults := {"LT-HOOK-007": {"requireEnforcement": true}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"kyverno.io/v2": {
				"PolicyException": {
					"d": {
						"apiVersion": "kyverno.io/v2",
						"kind": "PolicyException",
						"metadata": {"name": "d", "namespace": "shop"},
						"spec": {"exceptions": [{"policyName": "c", "ruleNames": ["*"]}]},
					},
				},
			},
		},
	},
	"cluster": {
		"templates.gatekeeper.sh/v1": {
			"ConstraintTemplate": {
				"k8srequiredlabels": {
					"apiVersion": "templates.gatekeeper.sh/v1",
					"kind": "ConstraintTemplate",
					"metadata": {"name": "k8srequiredlabels"},
					"spec": {"crd": {"spec": {"names": {"kind": "K8sRequiredLabels"}}}},
				},
			},
		},
		"constraints.gatekeeper.sh/v1beta1": {
			"K8sOther": {
				"a": {
					"apiVersion": "constraints.gatekeeper.sh/v1beta1",
					"kind": "K8sOther",
					"metadata": {"name": "a"},
					"spec": {},
				},
			},
			"K8sRequiredLabels": {
				"b": {
					"apiVersion": "constraints.gatekeeper.sh/v1beta1",
					"kind": "K8sRequiredLabels",
					"metadata": {"name": "b"},
					"spec": {"enforcementAction": "dryrun"},
				},
			},
		},
		"kyverno.io/v1": {
			"ClusterPolicy": {
				"c": {
					"apiVersion": "kyverno.io/v1",
					"kind": "ClusterPolicy",
					"metadata": {"name": "c"},
					"spec": {
						"validationFailureAction": "Audit",
						"rules": [{"name": "one", "validate": {"failureAction": "Audit"}}],
					},
				},
			},
		},
	},
}

test_reports_k8sother_a if {
	messages(fail_bundle.cluster["constraints.gatekeeper.sh/v1beta1"].K8sOther.a, fail_bundle) == {"constraint \"a\" has the kind K8sOther, which no ConstraintTemplate defines"}
}

test_reports_k8srequiredlabels_b if {
	messages(fail_bundle.cluster["constraints.gatekeeper.sh/v1beta1"].K8sRequiredLabels.b, fail_bundle) == {"constraint \"b\" only reports (enforcementAction dryrun)"}
}

test_reports_clusterpolicy_c if {
	messages(fail_bundle.cluster["kyverno.io/v1"].ClusterPolicy.c, fail_bundle) == {"ClusterPolicy \"c\" only reports (validationFailureAction Audit)", "rule one of ClusterPolicy \"c\" only reports"}
}

test_reports_policyexception_d if {
	messages(fail_bundle.namespace.shop["kyverno.io/v2"].PolicyException.d, fail_bundle) == {"PolicyException \"d\" exempts from every rule of c"}
}

pass_bundle := {
	"namespace": {},
	"cluster": {
		"templates.gatekeeper.sh/v1": {
			"ConstraintTemplate": {
				"k8srequiredlabels": {
					"apiVersion": "templates.gatekeeper.sh/v1",
					"kind": "ConstraintTemplate",
					"metadata": {"name": "k8srequiredlabels"},
					"spec": {"crd": {"spec": {"names": {"kind": "K8sRequiredLabels"}}}},
				},
			},
		},
		"constraints.gatekeeper.sh/v1beta1": {
			"K8sRequiredLabels": {
				"b": {
					"apiVersion": "constraints.gatekeeper.sh/v1beta1",
					"kind": "K8sRequiredLabels",
					"metadata": {"name": "b"},
					"spec": {"enforcementAction": "deny"},
				},
			},
		},
		"kyverno.io/v1": {
			"ClusterPolicy": {
				"c": {
					"apiVersion": "kyverno.io/v1",
					"kind": "ClusterPolicy",
					"metadata": {"name": "c"},
					"spec": {
						"validationFailureAction": "Enforce",
						"rules": [{"name": "one", "validate": {"failureAction": "Enforce"}}],
					},
				},
			},
		},
	},
}

test_allows_k8srequiredlabels_b if {
	messages(pass_bundle.cluster["constraints.gatekeeper.sh/v1beta1"].K8sRequiredLabels.b, pass_bundle) == set()
}

test_allows_clusterpolicy_c if {
	messages(pass_bundle.cluster["kyverno.io/v1"].ClusterPolicy.c, pass_bundle) == set()
}
