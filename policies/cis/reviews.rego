# Chapters 3.1, 5.4.2 and 5.5.1: questions for people, answered as far as manifests can.
package lintel.cis.v1_8

import data.lintel.cis.operators
import data.lintel.cis.sources

# 3.1.1: certificates cannot be revoked, so people need another way in.
identity_flags := ["oidc-issuer-url", "authentication-token-webhook-config-file", "authentication-config"]

outcomes["3.1.1"] contains outcome if {
	some source in sources.all
	source.component == "kube-apiserver"
	given := [flag | some flag in identity_flags; reading(source, flag).state == "given"; identity_config(flag)]
	outcome := {"verdict": verdict(count(given) > 0), "path": source.path, "msg": sprintf("%s: %s", [source.origin, identity_words(given)])}
}

# An AuthenticationConfiguration at hand must hold a jwt authenticator to count.
identity_config(flag) if flag != "authentication-config"

identity_config("authentication-config") if not sources.of_kind.AuthenticationConfiguration

identity_config("authentication-config") if {
	some document in sources.of_kind.AuthenticationConfiguration
	count(object.get(document.doc, "jwt", [])) > 0
}

identity_words(given) := sprintf("people can log in through --%s", [concat(", --", given)]) if count(given) > 0

identity_words(given) := "no OIDC or webhook authenticator is configured, only certificates remain" if count(given) == 0

# 3.1.2: long-lived service account tokens.
outcomes["3.1.2"] contains outcome if {
	some document in sources.of_kind.Secret
	long_lived := object.get(document.doc, "type", "") == "kubernetes.io/service-account-token"
	outcome := {"verdict": verdict(long_lived == false), "path": document.path, "msg": sprintf("%s %s", [title(document), token_secret_words(long_lived)])}
}

token_secret_words(true) := "is a long-lived service account token"

token_secret_words(false) := "is no service account token"

outcomes["3.1.2"] contains outcome if {
	some document in kubeconfigs
	some i, user in document.doc.users
	embedded := object.get(user, ["user", "token"], "") != ""
	outcome := {"verdict": verdict(embedded == false), "path": array.concat(document.path, ["users", i]), "msg": sprintf("kubeconfig user %s %s", [user.name, token_user_words(embedded)])}
}

token_user_words(true) := "logs in with a bearer token"

token_user_words(false) := "has no bearer token"

outcomes["3.1.2"] contains outcome if {
	some document in sources.of_kind.ClusterConfiguration
	outcome := {"verdict": "pass", "path": document.path, "msg": "kubeadm makes no token for people"}
}

# 3.1.3: bootstrap tokens are for joining nodes, for a while.
outcomes["3.1.3"] contains outcome if {
	some source in sources.all
	source.component == "kube-apiserver"
	item := reading(source, "enable-bootstrap-token-auth")
	outcome := {"verdict": "pass", "path": item.path, "msg": sprintf("%s: bootstrap tokens are %s", [source.origin, bootstrap_words(item)])}
}

bootstrap_words(item) := "accepted, for joining nodes" if {
	operators.truth(item.value) == true
} else := "not accepted"

outcomes["3.1.3"] contains outcome if {
	some document in sources.of_kind.Secret
	document.doc.type == "bootstrap.kubernetes.io/token"
	problems := bootstrap_problems(document.doc)
	outcome := {"verdict": verdict(count(problems) == 0), "path": document.path, "msg": sprintf("%s %s", [title(document), bootstrap_secret_words(problems)])}
}

bootstrap_problems(doc) := {"never expires" | secret_value(doc, "expiration") == ""} | {sprintf("adds the group %s", [group]) |
	some group in operators.split_list(secret_value(doc, "auth-extra-groups"))
	not startswith(group, "system:bootstrappers:")
}

bootstrap_secret_words(problems) := concat(" and ", problems) if count(problems) > 0

bootstrap_secret_words(problems) := "expires and joins nodes only" if count(problems) == 0

secret_value(doc, key) := doc.stringData[key] if {
	doc.stringData[key]
} else := base64.decode(doc.data[key]) if {
	doc.data[key]
} else := ""

outcomes["3.1.3"] contains outcome if {
	some document in sources.of_kind.InitConfiguration
	some i, token in document.doc.bootstrapTokens
	problems := {"never expires" | token_forever(token)} | {sprintf("adds the group %s", [group]) |
		some group in object.get(token, "groups", [])
		not startswith(group, "system:bootstrappers:")
	}
	outcome := {"verdict": verdict(count(problems) == 0), "path": array.concat(document.path, ["bootstrapTokens", i]), "msg": sprintf("kubeadm bootstrap token %s", [bootstrap_secret_words(problems)])}
}

# kubeadm gives a token 24 hours unless told otherwise; zero means for ever.
token_forever(token) if {
	not token.expires
	operators.nanoseconds(sprintf("%v", [object.get(token, "ttl", "24h")])) == 0
}

# 5.4.2: a native Secret with content, and nothing that brings Secrets from a store.
external_secret_kinds := {
	"SecretStore", "ClusterSecretStore", "ExternalSecret", "ClusterExternalSecret", "SecretProviderClass",
	"VaultStaticSecret", "VaultDynamicSecret", "VaultPKISecret", "SealedSecret", "SopsSecret", "OnePasswordItem",
}

native_secrets contains document if {
	some document in sources.of_kind.Secret
	count(object.get(document.doc, "data", {})) + count(object.get(document.doc, "stringData", {})) > 0
	not document.doc.sops
	not object.get(document.doc, "type", "") in {"kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token"}
}

external_secrets contains document if {
	some kind in external_secret_kinds
	some document in sources.of_kind[kind]
}

external_secrets contains document if {
	some document in sources.of_kind.Secret
	document.doc.sops
}

outcomes["5.4.2"] contains outcome if {
	some document in external_secrets
	outcome := {"verdict": "pass", "path": document.path, "msg": sprintf("%s brings Secrets from outside", [title(document)])}
}

outcomes["5.4.2"] contains outcome if {
	count(external_secrets) == 0
	some document in native_secrets
	outcome := {"verdict": "fail", "path": document.path, "msg": sprintf("%s holds its data itself and no external store is in use", [title(document)])}
}

# 5.5.1: the API server's image plugin, or a policy that verifies signatures.
outcomes["5.5.1"] contains outcome if {
	count(image_policies) == 0
	some source in sources.all
	source.component == "kube-apiserver"
	item := reading(source, "enable-admission-plugins")
	enabled := "ImagePolicyWebhook" in item.values
	outcome := {"verdict": verdict(enabled), "path": item.path, "msg": sprintf("%s: ImagePolicyWebhook is %s", [source.origin, image_words(enabled)])}
}

image_words(true) := "enabled"

image_words(false) := "not enabled and no image verification policy is in the input"

outcomes["5.5.1"] contains outcome if {
	some document in sources.of_kind.AdmissionConfiguration
	some i, plugin in document.doc.plugins
	plugin.name == "ImagePolicyWebhook"
	object.get(plugin, ["configuration", "imagePolicy", "defaultAllow"], false) == true
	outcome := {"verdict": "fail", "path": array.concat(document.path, ["plugins", i]), "msg": "ImagePolicyWebhook lets images through when its backend is down (defaultAllow)"}
}

outcomes["5.5.1"] contains outcome if {
	some document in image_policies
	outcome := {"verdict": "pass", "path": document.path, "msg": sprintf("%s verifies images", [title(document)])}
}

image_policies contains document if {
	some kind in {"ClusterPolicy", "Policy"}
	some document in sources.of_kind[kind]
	sources.group(document.doc) == "kyverno.io"
	some rule in document.doc.spec.rules
	count(rule.verifyImages) > 0
}

image_policies contains document if {
	some kind, group in {"ImageValidatingPolicy": "policies.kyverno.io", "ClusterImagePolicy": "policy.sigstore.dev"}
	some document in sources.of_kind[kind]
	sources.group(document.doc) == group
}

image_policies contains document if {
	some document in sources.documents
	sources.group(document.doc) == "constraints.gatekeeper.sh"
	contains(lower(document.doc.kind), "ratify")
}

image_policies contains document if {
	some document in sources.of_kind.MutatingWebhookConfiguration
	contains(lower(document.doc.metadata.name), "connaisseur")
}
