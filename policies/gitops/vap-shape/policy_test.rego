package lintel.gitops.vap_shape_test

import data.lintel.gitops.vap_shape as policy

defaults := {"LT-HOOK-006": {"requireDeny": true}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {},
	"cluster": {
		"admissionregistration.k8s.io/v1": {
			"ValidatingAdmissionPolicy": {
				"unbound": {
					"apiVersion": "admissionregistration.k8s.io/v1",
					"kind": "ValidatingAdmissionPolicy",
					"metadata": {"name": "unbound"},
					"spec": {"failurePolicy": "Ignore"},
				},
				"limits": {
					"apiVersion": "admissionregistration.k8s.io/v1",
					"kind": "ValidatingAdmissionPolicy",
					"metadata": {"name": "limits"},
					"spec": {"paramKind": {"apiVersion": "v1", "kind": "ConfigMap"}},
				},
			},
			"ValidatingAdmissionPolicyBinding": {
				"limits": {
					"apiVersion": "admissionregistration.k8s.io/v1",
					"kind": "ValidatingAdmissionPolicyBinding",
					"metadata": {"name": "limits"},
					"spec": {"policyName": "limits", "validationActions": ["Warn"]},
				},
				"gone": {
					"apiVersion": "admissionregistration.k8s.io/v1",
					"kind": "ValidatingAdmissionPolicyBinding",
					"metadata": {"name": "gone"},
					"spec": {
						"policyName": "gone",
						"validationActions": ["Deny"],
						"paramRef": {"name": "x", "parameterNotFoundAction": "Allow"},
					},
				},
			},
		},
	},
}

test_reports_validatingadmissionpolicy_unbound if {
	messages(fail_bundle.cluster["admissionregistration.k8s.io/v1"].ValidatingAdmissionPolicy.unbound, fail_bundle) == {"ValidatingAdmissionPolicy \"unbound\" has no binding", "ValidatingAdmissionPolicy \"unbound\" lets requests through when it cannot be evaluated"}
}

test_reports_validatingadmissionpolicybinding_limits if {
	messages(fail_bundle.cluster["admissionregistration.k8s.io/v1"].ValidatingAdmissionPolicyBinding.limits, fail_bundle) == {"binding \"limits\" does not deny", "binding \"limits\" gives no parameters to policy \"limits\""}
}

test_reports_validatingadmissionpolicybinding_gone if {
	messages(fail_bundle.cluster["admissionregistration.k8s.io/v1"].ValidatingAdmissionPolicyBinding.gone, fail_bundle) == {"binding \"gone\" allows everything when its parameters are missing", "binding \"gone\" names the policy \"gone\", which does not exist"}
}

pass_bundle := {
	"namespace": {},
	"cluster": {
		"admissionregistration.k8s.io/v1": {
			"ValidatingAdmissionPolicy": {
				"limits": {
					"apiVersion": "admissionregistration.k8s.io/v1",
					"kind": "ValidatingAdmissionPolicy",
					"metadata": {"name": "limits"},
					"spec": {"failurePolicy": "Fail", "paramKind": {"apiVersion": "v1", "kind": "ConfigMap"}},
				},
			},
			"ValidatingAdmissionPolicyBinding": {
				"limits": {
					"apiVersion": "admissionregistration.k8s.io/v1",
					"kind": "ValidatingAdmissionPolicyBinding",
					"metadata": {"name": "limits"},
					"spec": {
						"policyName": "limits",
						"validationActions": ["Deny", "Audit"],
						"paramRef": {"name": "x", "parameterNotFoundAction": "Deny"},
					},
				},
			},
		},
	},
}

test_allows_validatingadmissionpolicy_limits_2 if {
	messages(pass_bundle.cluster["admissionregistration.k8s.io/v1"].ValidatingAdmissionPolicy.limits, pass_bundle) == set()
}

test_allows_validatingadmissionpolicybinding_limits if {
	messages(pass_bundle.cluster["admissionregistration.k8s.io/v1"].ValidatingAdmissionPolicyBinding.limits, pass_bundle) == set()
}
