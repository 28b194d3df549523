package lintel.security.windows_user_test

import data.lintel.lib.fixture
import data.lintel.security.windows_user as policy

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app"}]})
	messages == {`container "app" runs as the user of the image (windowsOptions.runAsUserName)`}
}

test_reports_administrator if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"os": {"name": "windows"}, "initContainers": [{"name": "setup", "securityContext": {"windowsOptions": {"runAsUserName": "ContainerAdministrator"}}}], "ephemeralContainers": [{"name": "debug"}]})
	messages == {
		`container "debug" runs as the user of the image (windowsOptions.runAsUserName)`,
		`container "setup" runs as ContainerAdministrator (windowsOptions.runAsUserName)`,
	}
}

test_reports_pod_level if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"os": {"name": "windows"}, "securityContext": {"windowsOptions": {"runAsUserName": "ContainerAdministrator"}}, "containers": [{"name": "app"}]})
	messages == {`container "app" runs as ContainerAdministrator (windowsOptions.runAsUserName)`}
}

test_accepts_container_user if {
	count(policy.deny) == 0 with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app", "securityContext": {"windowsOptions": {"runAsUserName": "ContainerUser"}}}]})
}

test_accepts_pod_level if {
	count(policy.deny) == 0 with input as fixture.pod({"os": {"name": "windows"}, "securityContext": {"windowsOptions": {"runAsUserName": "ContainerUser"}}, "containers": [{"name": "app"}]})
}

test_accepts_linux if {
	count(policy.deny) == 0 with input as fixture.deployment({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]})
}

test_accepts_credentials if {
	count(policy.deny) == 0 with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app", "securityContext": {"windowsOptions": {"gmsaCredentialSpecName": "web"}}}]})
}
