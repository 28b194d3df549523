# METADATA
# scope: package
# title: Admission policy is not in force
# description: A ValidatingAdmissionPolicy without binding, or bound without Deny, checks nothing or only warns.
# related_resources:
# - ref: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
# custom:
#   id: LT-HOOK-006
#   slug: vap-shape
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: needs-context
#   scope: bundle
#   targets:
#   - {group: admissionregistration.k8s.io, kinds: [ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding]}
#   requires: []
#   profiles: [recommended]
#   parameters:
#     requireDeny: {type: boolean, default: true}
#   remediation: Bind the policy with validationActions [Deny] and keep failurePolicy Fail.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["CC6.8", "CC8.1"]
package lintel.gitops.vap_shape

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource

deny contains finding.at(input, "metadata.name", msg) if {
	input.kind == "ValidatingAdmissionPolicy"
	not resource.name in bound
	msg := sprintf("ValidatingAdmissionPolicy %q has no binding", [resource.name])
}

deny contains finding.fixed(finding.at(input, "spec.failurePolicy", msg), [{"op": "replace", "path": "/spec/failurePolicy", "value": "Fail", "unsafe": true}]) if {
	input.kind == "ValidatingAdmissionPolicy"
	input.spec.failurePolicy == "Ignore"
	msg := sprintf("ValidatingAdmissionPolicy %q lets requests through when it cannot be evaluated", [resource.name])
}

deny contains finding.at(input, "spec.policyName", msg) if {
	input.kind == "ValidatingAdmissionPolicyBinding"
	not input.spec.policyName in policies
	msg := sprintf("binding %q names the policy %q, which does not exist", [resource.name, input.spec.policyName])
}

deny contains finding.fixed(finding.at(input, "spec.validationActions", msg), [{"op": "add", "path": "/spec/validationActions/-", "value": "Deny", "unsafe": true}]) if {
	input.kind == "ValidatingAdmissionPolicyBinding"
	data.parameters["LT-HOOK-006"].requireDeny
	not "Deny" in object.get(input.spec, "validationActions", [])
	msg := sprintf("binding %q does not deny", [resource.name])
}

deny contains finding.at(input, "spec.paramRef", msg) if {
	input.kind == "ValidatingAdmissionPolicyBinding"
	input.spec.policyName in parameterised
	not input.spec.paramRef
	msg := sprintf("binding %q gives no parameters to policy %q", [resource.name, input.spec.policyName])
}

deny contains finding.fixed(finding.at(input, "spec.paramRef.parameterNotFoundAction", msg), [{"op": "replace", "path": "/spec/paramRef/parameterNotFoundAction", "value": "Deny", "unsafe": true}]) if {
	input.kind == "ValidatingAdmissionPolicyBinding"
	input.spec.paramRef.parameterNotFoundAction == "Allow"
	msg := sprintf("binding %q allows everything when its parameters are missing", [resource.name])
}

bound contains binding.spec.policyName if {
	some binding in inventory.cluster("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding")
}

policies := bundle.cluster_names("admissionregistration.k8s.io", "ValidatingAdmissionPolicy")

parameterised contains owner.metadata.name if {
	some owner in inventory.cluster("admissionregistration.k8s.io", "ValidatingAdmissionPolicy")
	owner.spec.paramKind
}
