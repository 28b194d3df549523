# Corners of shared rules that no policy's own tests reach.
package lintel.lib.corners_test

import data.lintel.lib.argo
import data.lintel.lib.bundle
import data.lintel.lib.cron
import data.lintel.lib.rbac
import data.lintel.lib.secrets

test_production_is_recognised_by_name_project_and_destination if {
	application := {
		"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "web"},
		"spec": {"project": "shop", "destination": {"name": "prod-eu", "namespace": "shop"}},
	}
	argo.production("prod") with input as application
	argo.production("shop") with input as application
	argo.production("") with input as application
	not argo.production("staging") with input as application
}

test_labels_of_a_template if {
	bundle.labels_of({"metadata": {"labels": {"app": "web"}}}) == {"app": "web"}
	bundle.labels_of({"metadata": {"labels": null}}) == {}
	bundle.labels_of({}) == {}
}

test_schedules if {
	every schedule in ["@daily", "@every 1h30m", "*/5 4-6 * JAN 1,2"] { cron.valid(schedule) }
	every schedule in ["@every", "@every 5", "61 * * * *", "* * * *"] { not cron.valid(schedule) }
}

test_bootstrap_roles if {
	rbac.bootstrap_role("cluster-admin")
	rbac.bootstrap_role("system:node")
	not rbac.bootstrap_role("shop-admin")
}

test_values_that_stand_for_others if {
	every value in [
		"{{ .Values.password }}", "${PASSWORD}", "ref+vault://a", "projects/1/secrets/a/versions/2",
		"<password>", "%PASSWORD%", "__PASSWORD__", "****", "REDACTED",
	] {
		secrets.template(value)
	}
	not secrets.template("hunter22")
}

test_numbers_beside_tokens_are_limits if {
	secrets.harmless_for("MAX_TOKENS", "4096")
	not secrets.harmless_for("PASSWORD", "4096")
	not secrets.harmless_for("TOKEN", "abc")
}
