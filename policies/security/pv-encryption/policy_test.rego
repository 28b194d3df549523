package lintel.security.pv_encryption_test

import data.lintel.security.pv_encryption as policy

parameters := {"LT-POD-064": {"provisioners": ["ebs.csi.aws.com", "kubernetes.io/aws-ebs"]}}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "x"}, "provisioner": "ebs.csi.aws.com"} with data.parameters as parameters
	messages == {`StorageClass "x" of ebs.csi.aws.com does not set parameters.encrypted to "true"`}
}

test_reports_false if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "x"}, "provisioner": "kubernetes.io/aws-ebs", "parameters": {"encrypted": "false"}} with data.parameters as parameters
	messages == {`StorageClass "x" of kubernetes.io/aws-ebs does not set parameters.encrypted to "true"`}
}

test_accepts_true if {
	count(policy.deny) == 0 with input as {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "x"}, "provisioner": "ebs.csi.aws.com", "parameters": {"encrypted": "True"}} with data.parameters as parameters
}

test_accepts_always_encrypted if {
	count(policy.deny) == 0 with input as {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "x"}, "provisioner": "pd.csi.storage.gke.io"} with data.parameters as parameters
}
