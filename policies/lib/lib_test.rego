package lintel.lib_test

import data.lintel.lib.autoscaling
import data.lintel.lib.budget
import data.lintel.lib.capability
import data.lintel.lib.finding
import data.lintel.lib.fixture
import data.lintel.lib.image
import data.lintel.lib.inventory
import data.lintel.lib.path
import data.lintel.lib.pss
import data.lintel.lib.quantity
import data.lintel.lib.selector
import data.lintel.lib.settings

test_findings if {
	finding.at({"a": 1}, "b.c", "m") == {"msg": "m", "node": {"a": 1}, "field": "b.c"}
	finding.on({"a": 1}, "m") == {"msg": "m", "node": {"a": 1}}
	finding.new("m") == {"msg": "m"}
}

test_versions if {
	settings.number("1.31") == 1031
	settings.number("v1.8") == 1008
	settings.number("v1.31.4") == 1031
	every text in ["latest", "", "1", "one.two", "1.x"] { settings.number(text) == settings.latest }
	settings.kubernetes == 1030 with data.settings as {"kubernetes_version": "1.30"}
	settings.pod_security == settings.latest with data.settings as {"pod_security_version": "latest"}
	settings.pod_security == settings.latest with data.settings as {}
	settings.kubernetes == settings.latest with data.settings as {}
}

images := {
	"nginx": ["docker.io", "library/nginx", "", ""],
	"nginx:1.27": ["docker.io", "library/nginx", "1.27", ""],
	"acme/web:v2": ["docker.io", "acme/web", "v2", ""],
	"docker.io/nginx": ["docker.io", "library/nginx", "", ""],
	"index.docker.io/acme/web": ["docker.io", "acme/web", "", ""],
	"ghcr.io/acme/web:1@sha256:ab": ["ghcr.io", "acme/web", "1", "sha256:ab"],
	"ghcr.io/acme/web@sha256:ab": ["ghcr.io", "acme/web", "", "sha256:ab"],
	"registry:5000/web": ["registry:5000", "web", "", ""],
	"localhost/web:dev": ["localhost", "web", "dev", ""],
	"registry.example:5000/a/b/web:1": ["registry.example:5000", "a/b/web", "1", ""],
	"": ["docker.io", "library/", "", ""],
}

test_image_references if {
	every reference, parts in images {
		parsed := image.parse(reference)
		[parsed.registry, parsed.repository, parsed.tag, parsed.digest] == parts
	}
	image.parse("nginx").name == "docker.io/library/nginx"
	image.by_reference["nginx:1.27"].tag == "1.27" with input as fixture.pod_with({"image": "nginx:1.27"})
}

test_image_prefixes_end_at_a_path_segment if {
	image.within("ghcr.io/acme", "ghcr.io/acme")
	image.within("ghcr.io/acme/web", "ghcr.io/acme")
	image.within("ghcr.io/acme/web", "ghcr.io/acme/")
	not image.within("ghcr.io/acme-evil/web", "ghcr.io/acme")
}

test_image_patterns if {
	image.matches("nginx:1", "nginx:1")
	image.matches("ghcr.io/acme/web:1", "ghcr.io/acme/*")
	not image.matches("ghcr.io/other/web:1", "ghcr.io/acme/*")
	image.exempt({"image": "nginx:1"}, ["nginx:*"])
	not image.exempt({"image": "nginx:1"}, [])
}

quantities := {
	"1": 1000, "250m": 250, "0.1": 100, "1.5": 1500, ".5": 500, "2.": 2000, "0": 0, "00.10": 100,
	"1k": 1000000, "128Mi": 134217728000, "1G": 1000000000000, "1Gi": 1073741824000, "1.5Gi": 1610612736000,
	"1e3": 1000000, "1E3": 1000000, "5e-1": 500, "1e+2": 100000, "100u": 1, "1n": 1, "-1": -1000, "+2": 2000,
}

test_quantities if {
	every text, milli in quantities { quantity.milli(text) == milli }
	quantity.milli(2) == 2000
	quantity.milli(0.5) == 500
	every text in ["", "x", "1Zi", "1 Gi", "--1", "1mi", "."] { not quantity.milli(text) }
	not quantity.milli(null)
}

test_selectors if {
	labels := {"app": "web", "tier": "front"}
	selector.matches({}, labels)
	selector.matches({"matchLabels": {"app": "web"}}, labels)
	not selector.matches({"matchLabels": {"app": "db"}}, labels)
	selector.matches({"matchExpressions": [{"key": "app", "operator": "In", "values": ["web", "db"]}]}, labels)
	not selector.matches({"matchExpressions": [{"key": "app", "operator": "In", "values": ["db"]}]}, labels)
	selector.matches({"matchExpressions": [{"key": "zone", "operator": "NotIn", "values": ["a"]}]}, labels)
	not selector.matches({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["web"]}]}, labels)
	selector.matches({"matchExpressions": [{"key": "app", "operator": "Exists"}]}, labels)
	not selector.matches({"matchExpressions": [{"key": "zone", "operator": "Exists"}]}, labels)
	selector.matches({"matchExpressions": [{"key": "zone", "operator": "DoesNotExist"}]}, labels)
	not selector.matches({"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}, labels)
	not selector.matches(null, labels)
	selector.contains_all({"app": "web"}, labels)
	not selector.contains_all({"app": "web", "zone": "a"}, labels)
}

web := fixture.deployment({"containers": []})

nightly := fixture.cron_job({"containers": []})

bare := fixture.pod({"containers": []})

test_inventory if {
	inventory.namespaced("shop", "apps", "Deployment") == [web] with data.inventory as fixture.inventory([web, nightly, bare])
	inventory.namespaced("other", "apps", "Deployment") == [] with data.inventory as fixture.inventory([web])
	inventory.cluster("", "Namespace") == [{"kind": "Namespace"}] with data.inventory as {"cluster": {"v1": {"Namespace": {"shop": {"kind": "Namespace"}}}}}
	count(inventory.controllers("shop")) == 3 with data.inventory as fixture.inventory([web, nightly, bare])
	inventory.group_of("apps/v1") == "apps"
	inventory.group_of("v1") == ""
}

test_templates_of_other_objects if {
	inventory.template_of(bare) == bare
	inventory.template_of(web) == web.spec.template
	inventory.template_of(nightly) == nightly.spec.jobTemplate.spec.template
	inventory.labels_of(web) == {"app": "app"}
	inventory.labels_of({"kind": "Job", "spec": {}}) == {}
	fixture.namespace_of({"metadata": {}}) == "default"
}

test_capabilities if {
	container := {"securityContext": {"capabilities": {"add": ["cap_chown", 3], "drop": ["all"]}}}
	capability.added(container) == {"CHOWN"}
	capability.dropped(container) == {"ALL"}
	capability.added({}) == set()
	capability.dropped({"securityContext": null}) == set()
}

test_paths if {
	path.clean("//var/./run/") == "/var/run"
	path.clean("/") == "/"
	path.inside("/etc/ssh", "/etc")
	path.inside("/etc", "/etc")
	path.inside("/etc", "/")
	not path.inside("/etcetera", "/etc")
}

test_pod_security_exemptions if {
	windows := fixture.pod({"os": {"name": "windows"}})
	pss.windows_exempt with input as windows with data.settings as {"pod_security_version": "1.25"}
	not pss.windows_exempt with input as windows with data.settings as {"pod_security_version": "1.24"}
	pss.user_namespace_relaxed with input as fixture.pod({"hostUsers": false}) with data.settings as {"pod_security_version": "latest"}
	not pss.user_namespace_relaxed with input as fixture.pod({"hostUsers": false}) with data.settings as {"pod_security_version": "1.34"}
	pss.confined_seccomp == {"RuntimeDefault", "Localhost"}
}

test_seccomp_annotations if {
	annotated := {
		"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {
			"seccomp.security.alpha.kubernetes.io/pod": "unconfined",
			"container.seccomp.security.alpha.kubernetes.io/app": "docker/default",
			"container.seccomp.security.alpha.kubernetes.io/ghost": "unconfined",
		}},
		"spec": {"containers": [{"name": "app"}]},
	}
	pss.forbidden_seccomp_annotations == {"seccomp.security.alpha.kubernetes.io/pod": "unconfined"} with input as annotated
}

hpa := {
	"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
	"metadata": {"name": "app", "namespace": "shop"},
	"spec": {"scaleTargetRef": {"kind": "Deployment", "name": "app"}, "minReplicas": 3},
}

scaled_object := {
	"apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject",
	"metadata": {"name": "app", "namespace": "shop"},
	"spec": {"scaleTargetRef": {"name": "app"}},
}

test_autoscaling if {
	{scaler.kind | some scaler in autoscaling.scalers_of("shop", "Deployment", "app")} == {"HorizontalPodAutoscaler", "ScaledObject"} with data.inventory as fixture.inventory([hpa, scaled_object])
	autoscaling.scalers_of("shop", "StatefulSet", "app") == [] with data.inventory as fixture.inventory([hpa])
	autoscaling.least_replicas(hpa) == 3
	autoscaling.least_replicas(scaled_object) == 0
	autoscaling.least_replicas({"kind": "HorizontalPodAutoscaler", "spec": {}}) == 1
	autoscaling.lasting_replicas == 3 with input as web with data.inventory as fixture.inventory([web, hpa])
	autoscaling.lasting_replicas == 2 with input as web with data.inventory as fixture.inventory([web])
	autoscaling.replicas_of(web, "shop") == 3 with data.inventory as fixture.inventory([web, hpa])
	autoscaling.replicas_of(web, "shop") == 2 with data.inventory as fixture.inventory([web])
	autoscaling.replicas_of({"kind": "Deployment", "metadata": {"name": "other"}, "spec": {}}, "shop") == 1 with data.inventory as {}
}

test_budgets if {
	whole := {"apiVersion": "policy/v1", "spec": {"selector": {}}}
	budget.selector_text(whole) == "{}"
	not budget.selector_text({"apiVersion": "policy/v1beta1", "spec": {"selector": {}}})
	budget.covered("shop", "{}") == [web] with data.inventory as fixture.inventory([web, nightly, bare])
	budget.share(2, 5) == 2
	budget.share("50%", 5) == 3
	budget.percentage("50%") == 50
	not budget.percentage(3)
	not budget.share(null, 5)
}
