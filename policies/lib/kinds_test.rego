# The same Pod spec gives the same findings inside every workload kind.
package lintel.lib.kinds_test

import data.lintel.lib.fixture
import data.lintel.lib.levels

spec := {
	"hostNetwork": true,
	"hostPID": true,
	"securityContext": {"runAsUser": 0, "sysctls": [{"name": "kernel.shmmax", "value": "1"}]},
	"initContainers": [{"name": "setup", "securityContext": {"privileged": true}}],
	"containers": [{"name": "app", "ports": [{"containerPort": 8080}], "securityContext": {"procMount": "Unmasked"}}],
	"ephemeralContainers": [{"name": "debug", "securityContext": {"capabilities": {"add": ["SYS_ADMIN"]}}}],
	"volumes": [{"name": "root", "hostPath": {"path": "/"}}],
}

settings := {"pod_security_version": "latest", "kubernetes_version": "1.34"}

verdict(object) := {"baseline": baseline, "restricted": restricted} if {
	baseline := {[f.msg, f.field] | some f in levels.baseline} with input as object with data.settings as settings with data.parameters as levels.parameters
	restricted := {[f.msg, f.field] | some f in levels.restricted} with input as object with data.settings as settings with data.parameters as levels.parameters
}

test_every_kind_gets_the_same_verdict if {
	expected := verdict(fixture.pod(spec))
	count(expected.baseline) == 8
	count(expected.restricted) > count(expected.baseline)
	every object in fixture.every_kind(spec) { verdict(object) == expected }
}
