package lintel.security.kubelet_settings_test

import data.lintel.security.kubelet_settings as policy

kubelet(settings) := object.union({"apiVersion": "kubelet.config.k8s.io/v1beta1", "kind": "KubeletConfiguration"}, settings)

messages(settings) := {found.msg | some found in policy.deny with input as kubelet(settings)}

fixes(settings) := {operation |
	some found in policy.deny with input as kubelet(settings)
	some operation in found.fix
}

test_reports_endless_streams if {
	some text in ["0", "0s", "0h0m0s"]
	messages({"streamingConnectionIdleTimeout": text}) == {sprintf("the kubelet never cuts idle streams (streamingConnectionIdleTimeout: %s)", [text])}
}

test_reports_what_is_turned_off if {
	settings := {"makeIPTablesUtilChains": false, "rotateCertificates": false, "protectKernelDefaults": false, "featureGates": {"RotateKubeletServerCertificate": false}}
	count(messages(settings)) == 4
	{operation.path | some operation in fixes(settings)} == {"/makeIPTablesUtilChains", "/rotateCertificates", "/protectKernelDefaults", "/RotateKubeletServerCertificate"}
}

test_reports_weak_ciphers if {
	settings := {"tlsCipherSuites": ["TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]}
	messages(settings) == {"the kubelet takes the cipher suite TLS_RSA_WITH_AES_128_CBC_SHA (tlsCipherSuites)"}
	{operation.path | some operation in fixes(settings)} == {"/tlsCipherSuites/0"}
}

test_has_no_fix_for_nothing_but_weak_ciphers if {
	settings := {"tlsCipherSuites": ["TLS_RSA_WITH_AES_128_CBC_SHA"]}
	count(messages(settings)) == 1
	fixes(settings) == set()
}

test_allows_defaults if {
	messages({"featureGates": {"A": true}}) == set()
}

test_allows_what_is_on if {
	messages({
		"streamingConnectionIdleTimeout": "5m", "makeIPTablesUtilChains": true, "rotateCertificates": true,
		"protectKernelDefaults": true, "tlsCipherSuites": ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
		"featureGates": {"RotateKubeletServerCertificate": true},
	}) == set()
}
