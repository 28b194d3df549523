package lintel.security.kubelet_access_test

import data.lintel.security.kubelet_access as policy

kubelet(settings) := object.union({"apiVersion": "kubelet.config.k8s.io/v1beta1", "kind": "KubeletConfiguration"}, settings)

messages(settings) := {found.msg | some found in policy.deny with input as kubelet(settings)}

fixed(settings) := json.patch(kubelet(settings), [operation |
	some found in policy.deny with input as kubelet(settings)
	some operation in found.fix
])

test_reports_anonymous_requests if {
	settings := {"authentication": {"anonymous": {"enabled": true}, "webhook": {"enabled": true}}}
	messages(settings) == {"the kubelet takes anonymous requests (authentication.anonymous.enabled: true)"}
	fixed(settings).authentication == {"anonymous": {"enabled": false}, "webhook": {"enabled": true}}
}

test_reports_always_allow if {
	messages({"authorization": {"mode": "AlwaysAllow"}}) == {"the kubelet allows every request (authorization.mode: AlwaysAllow)"}
	fixed({"authorization": {"mode": "AlwaysAllow"}}).authorization.mode == "Webhook"
}

test_reports_read_only_port if {
	messages({"readOnlyPort": 10255}) == {"the kubelet tells everybody about its Pods on port 10255 (readOnlyPort)"}
	fixed({"readOnlyPort": 10255}).readOnlyPort == 0
}

test_allows_defaults if {
	messages({}) == set()
}

test_allows_closed_kubelet if {
	messages({"authentication": {"anonymous": {"enabled": false}}, "authorization": {"mode": "Webhook"}, "readOnlyPort": 0}) == set()
}
