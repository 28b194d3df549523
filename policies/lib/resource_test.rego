package lintel.lib.resource_test

import data.lintel.lib.fixture
import data.lintel.lib.resource

spec := {
	"initContainers": [{"name": "setup"}, {"name": "proxy", "restartPolicy": "Always"}],
	"containers": [{"name": "app"}],
	"ephemeralContainers": [{"name": "debug"}],
	"volumes": [{"name": "tmp", "emptyDir": {}}],
}

test_same_containers_in_every_kind if {
	every object in fixture.every_kind(spec) {
		[c.name | some c in resource.containers] == ["setup", "proxy", "app", "debug"] with input as object
		resource.is_workload with input as object
	}
}

test_template_labels_and_annotations if {
	annotated := {"apiVersion": "v1", "kind": "PodTemplate", "template": {"metadata": {"annotations": {"a": "b"}}}}
	resource.pod_annotations == {"a": "b"} with input as annotated
	resource.pod_labels == {} with input as annotated
	resource.pod_labels == {"app": "app"} with input as fixture.deployment(spec)
	resource.pod_annotations == {} with input as fixture.deployment(spec)
}

test_lasting_containers if {
	[c.name | some c in resource.lasting_containers] == ["proxy", "app"] with input as fixture.pod(spec)
	resource.volumes == spec.volumes with input as fixture.pod(spec)
}

test_kinds_of_other_groups_are_no_workloads if {
	not resource.is_workload with input as {"apiVersion": "batch.volcano.sh/v1alpha1", "kind": "Job", "spec": {"template": {"spec": spec}}}
	not resource.is_workload with input as {"apiVersion": "example.org/v1", "kind": "Pod", "spec": spec}
	resource.containers == [] with input as {"apiVersion": "v1", "kind": "ConfigMap", "data": {}}
}

test_malformed_parts_are_left_out if {
	every broken in [null, "x", 7, [], {"containers": null}, {"containers": "x"}, {"containers": [null, 1, "x"]}] {
		resource.containers == [] with input as fixture.pod(broken)
	}
	resource.pod_labels == {} with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": 3}}
	resource.pod_labels == {} with input as {"apiVersion": "v1", "kind": "Pod", "metadata": "x"}
	resource.containers == [] with input as {"kind": "Pod"}
	resource.containers == [] with input as []
}

test_object_fields if {
	deployment := fixture.deployment(spec)
	resource.group == "apps" with input as deployment
	resource.version == "v1" with input as deployment
	resource.kind == "Deployment" with input as deployment
	resource.name == "app" with input as deployment
	resource.namespace == "shop" with input as deployment
	resource.labels == {"app": "app"} with input as deployment
	resource.annotations == {"a": "b"} with input as {"metadata": {"annotations": {"a": "b"}}}
	resource.replicas == 2 with input as deployment
}

test_object_field_defaults if {
	resource.group == "" with input as {"apiVersion": "v1", "kind": "Pod"}
	resource.version == "v1" with input as {"apiVersion": "v1", "kind": "Pod"}
	resource.name == "" with input as {}
	resource.namespace == "default" with input as {"metadata": {"namespace": ""}}
	resource.labels == {} with input as {"metadata": {"labels": null}}
	resource.annotations == {} with input as {}
	resource.replicas == 1 with input as {"spec": {}}
}

test_pod_properties if {
	resource.is_pod with input as fixture.pod(spec)
	not resource.is_pod with input as fixture.deployment(spec)
	resource.is_windows with input as fixture.pod({"os": {"name": "windows"}})
	not resource.is_windows with input as fixture.pod({"os": {"name": "linux"}})
	resource.own_user_namespace with input as fixture.pod({"hostUsers": false})
	not resource.own_user_namespace with input as fixture.pod({"hostUsers": true})
}

test_description_of_a_container if {
	resource.describe({"name": "app"}) == `container "app"`
	resource.describe({"image": "x"}) == "container without a name"
}

test_effective_security_settings if {
	own := {"name": "own", "securityContext": {"runAsUser": 1}}
	silent := {"name": "silent", "securityContext": {"runAsUser": null}}
	object := fixture.pod({"securityContext": {"runAsUser": 2}, "containers": [own, silent]})
	resource.security_setting(own, "runAsUser") == 1 with input as object
	resource.security_setting(silent, "runAsUser") == 2 with input as object
	resource.setting_holder(own, "runAsUser") == own with input as object
	resource.setting_holder(silent, "runAsUser") == object.spec with input as object
	resource.setting_holder(silent, "runAsGroup") == silent with input as object
	not resource.security_setting(silent, "runAsGroup") with input as object
}

test_mounts_of_a_volume if {
	mount := {"name": "tmp", "mountPath": "/tmp"}
	container := {"name": "app", "volumeMounts": [mount, {"name": "other"}]}
	resource.mounts_of({"name": "tmp"}) == [{"container": container, "mount": mount}] with input as fixture.pod({"containers": [container]})
	resource.containers_with_own_resources == [container] with input as fixture.pod({"containers": [container], "ephemeralContainers": [{"name": "debug"}]})
}
