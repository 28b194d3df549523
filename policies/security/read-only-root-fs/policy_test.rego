package lintel.security.read_only_root_fs_test

import data.lintel.lib.fixture
import data.lintel.security.read_only_root_fs as policy

parameters := {"LT-POD-008": {"exemptImages": []}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"readOnlyRootFilesystem": false}}) with data.parameters as parameters
	messages == {`container "app" has a writable root file system: securityContext.readOnlyRootFilesystem is not true`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"readOnlyRootFilesystem": true}}, {"securityContext": {"readOnlyRootFilesystem": false}}) with data.parameters as parameters
	messages == {`container "setup" has a writable root file system: securityContext.readOnlyRootFilesystem is not true`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"readOnlyRootFilesystem": true}}, {"securityContext": {"readOnlyRootFilesystem": false}}) with data.parameters as parameters
	messages == {`container "debug" has a writable root file system: securityContext.readOnlyRootFilesystem is not true`}
}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"containers": [{"name": "app"}]}) with data.parameters as parameters
	messages == {`container "app" has a writable root file system: securityContext.readOnlyRootFilesystem is not true`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"readOnlyRootFilesystem": true}}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"readOnlyRootFilesystem": true}}, {"securityContext": {"readOnlyRootFilesystem": true}}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"readOnlyRootFilesystem": true}}, {"securityContext": {"readOnlyRootFilesystem": true}}) with data.parameters as parameters
}

test_accepts_windows if {
	count(policy.deny) == 0 with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app"}]}) with data.parameters as parameters
}

test_accepts_exempt_image if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.parameters as {"LT-POD-008": {"exemptImages": ["registry.example/*"]}}
}
