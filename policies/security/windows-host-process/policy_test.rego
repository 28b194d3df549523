package lintel.security.windows_host_process_test

import data.lintel.lib.fixture
import data.lintel.security.windows_host_process as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"windowsOptions": {"hostProcess": true}}})
	messages == {`container "app" is a host process of its Windows node (windowsOptions.hostProcess: true)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"windowsOptions": {"hostProcess": false, "runAsUserName": "ContainerUser"}}}, {"securityContext": {"windowsOptions": {"hostProcess": true}}})
	messages == {`container "setup" is a host process of its Windows node (windowsOptions.hostProcess: true)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"windowsOptions": {"hostProcess": false, "runAsUserName": "ContainerUser"}}}, {"securityContext": {"windowsOptions": {"hostProcess": true}}})
	messages == {`container "debug" is a host process of its Windows node (windowsOptions.hostProcess: true)`}
}

test_reports_pod_level if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"securityContext": {"windowsOptions": {"hostProcess": true}}, "containers": [{"name": "app", "securityContext": {"windowsOptions": {"hostProcess": false}}}]})
	messages == {"the Pod runs host processes on its Windows node (windowsOptions.hostProcess: true)"}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"windowsOptions": {"hostProcess": false, "runAsUserName": "ContainerUser"}}})
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"windowsOptions": {"hostProcess": false, "runAsUserName": "ContainerUser"}}}, {"securityContext": {"windowsOptions": {"hostProcess": false, "runAsUserName": "ContainerUser"}}})
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"windowsOptions": {"hostProcess": false, "runAsUserName": "ContainerUser"}}}, {"securityContext": {"windowsOptions": {"hostProcess": false, "runAsUserName": "ContainerUser"}}})
}

test_accepts_other_options if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"windowsOptions": {"runAsUserName": "ContainerUser"}}})
}
