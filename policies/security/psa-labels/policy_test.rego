package lintel.security.psa_labels_test

import data.lintel.security.psa_labels as policy

parameters := {"LT-POD-051": {"exemptNamespaces": ["kube-system", "kube-public", "kube-node-lease"]}}

test_reports_unlabelled if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {}}} with data.parameters as parameters
	messages == {`Namespace "shop" has no label pod-security.kubernetes.io/enforce, so it accepts privileged Pods`}
}

test_reports_privileged if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "privileged"}}} with data.parameters as parameters
	messages == {`Namespace "shop" enforces the level privileged, which allows everything`}
}

test_reports_unknown_level if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "strict", "pod-security.kubernetes.io/warn": "Restricted"}}} with data.parameters as parameters
	messages == {
		`Namespace "shop" has the unknown level "Restricted" in the label pod-security.kubernetes.io/warn`,
		`Namespace "shop" has the unknown level "strict" in the label pod-security.kubernetes.io/enforce`,
	}
}

test_reports_unknown_version if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "baseline", "pod-security.kubernetes.io/enforce-version": "1.31", "pod-security.kubernetes.io/audit-version": "v2"}}} with data.parameters as parameters
	messages == {
		`Namespace "shop" has the unknown version "1.31" in the label pod-security.kubernetes.io/enforce-version`,
		`Namespace "shop" has the unknown version "v2" in the label pod-security.kubernetes.io/audit-version`,
	}
}

test_accepts_restricted if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/enforce-version": "v1.31"}}} with data.parameters as parameters
}

test_accepts_baseline if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "baseline", "pod-security.kubernetes.io/warn": "restricted", "pod-security.kubernetes.io/warn-version": "latest"}}} with data.parameters as parameters
}

test_accepts_kube_system if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kube-system", "labels": {}}} with data.parameters as parameters
}
