# METADATA
# scope: package
# title: Kubelet gives up a protection
# description: Settings of a kubelet's configuration that turn off what the CIS benchmark asks for - idle streams are cut, packet filters are kept, certificates are renewed, old ciphers are refused, the kernel's settings are guarded.
# related_resources:
# - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: LT-CIS-002
#   slug: kubelet-settings
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [nodes]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: kubelet.config.k8s.io, kinds: [KubeletConfiguration]}
#   profiles: [hardening]
#   remediation: Leave the setting out where the default does, or set what the message names.
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.security.kubelet_settings

import data.lintel.lib.finding

# The suites that the CIS benchmark accepts; TLS 1.3 has its own, which cannot be chosen.
ciphers := {
	"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
	"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
	"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
	"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
	"TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_GCM_SHA384",
	"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
}

deny contains finding.fixed(finding.at(input, "streamingConnectionIdleTimeout", msg), fix) if {
	time.parse_duration_ns(input.streamingConnectionIdleTimeout) == 0
	fix := [{"op": "replace", "path": "/streamingConnectionIdleTimeout", "value": "4h0m0s", "unsafe": true}]
	msg := sprintf("the kubelet never cuts idle streams (streamingConnectionIdleTimeout: %s)", [input.streamingConnectionIdleTimeout])
}

deny contains finding.fixed(finding.at(input, "makeIPTablesUtilChains", msg), fix) if {
	input.makeIPTablesUtilChains == false
	fix := [{"op": "replace", "path": "/makeIPTablesUtilChains", "value": true, "unsafe": true}]
	msg := "the kubelet does not keep its packet filters (makeIPTablesUtilChains: false)"
}

deny contains finding.fixed(finding.at(input, "rotateCertificates", msg), fix) if {
	input.rotateCertificates == false
	fix := [{"op": "replace", "path": "/rotateCertificates", "value": true}]
	msg := "the kubelet does not renew its client certificate (rotateCertificates: false)"
}

deny contains finding.fixed(finding.at(input.featureGates, "RotateKubeletServerCertificate", msg), fix) if {
	input.featureGates.RotateKubeletServerCertificate == false
	fix := [{"op": "remove", "path": "/RotateKubeletServerCertificate"}]
	msg := "the kubelet does not renew its server certificate (featureGates.RotateKubeletServerCertificate: false)"
}

# A node whose kernel is set otherwise does not come up.
deny contains finding.fixed(finding.at(input, "protectKernelDefaults", msg), fix) if {
	input.protectKernelDefaults == false
	fix := [{"op": "replace", "path": "/protectKernelDefaults", "value": true, "unsafe": true}]
	msg := "the kubelet changes the kernel's settings in place of refusing to start (protectKernelDefaults: false)"
}

# When nothing would be left, taking all away gives the default, which has weak suites too.
deny contains finding.fixed(finding.at(input, sprintf("tlsCipherSuites[%d]", [i]), msg), weak_ones(i)) if {
	some i, suite in input.tlsCipherSuites
	not suite in ciphers
	msg := sprintf("the kubelet takes the cipher suite %v (tlsCipherSuites)", [suite])
}

weak_ones(i) := [{"op": "remove", "path": sprintf("/tlsCipherSuites/%d", [i]), "unsafe": true}] if {
	has_accepted
} else := []

has_accepted if {
	some suite in input.tlsCipherSuites
	suite in ciphers
}
