# Chapter 5.1: roles, bindings and service accounts.
package lintel.cis.v1_8

import data.lintel.cis.settings
import data.lintel.cis.sources
import data.lintel.cis.table

# Roles that somebody wrote; those the API server ships are not counted.
roles contains document if {
	some kind in {"Role", "ClusterRole"}
	some document in sources.of_kind[kind]
	sources.group(document.doc) == "rbac.authorization.k8s.io"
	not shipped(document.doc)
}

bindings contains document if {
	some kind in {"RoleBinding", "ClusterRoleBinding"}
	some document in sources.of_kind[kind]
	sources.group(document.doc) == "rbac.authorization.k8s.io"
}

shipped(doc) if object.get(doc, ["metadata", "labels", "kubernetes.io/bootstrapping"], "") == "rbac-defaults"

shipped(doc) if startswith(object.get(doc, ["metadata", "name"], ""), "system:")

title(document) := sprintf("%v %s", [document.doc.kind, full_name(document.doc)])

full_name(doc) := concat("/", [part |
	some field in ["namespace", "name"]
	part := sprintf("%v", [object.get(doc, ["metadata", field], "")])
	not part in {"", "null"}
])

# allows(rule, row): some verb of the row is granted on some resource of the row, as the RBAC authorizer reads rules.
allows(rule, row) if {
	some group in row.groups
	group_matches(rule, group)
	some resource in row.resources
	resource_matches(rule, resource)
	some verb in row.verbs
	verb_matches(rule, verb)
	not only_named(rule, row, verb)
}

group_matches(rule, group) if {
	some given in rule.apiGroups
	given in {group, "*"}
}

resource_matches(rule, resource) if {
	some given in rule.resources
	given in {resource, "*"}
}

resource_matches(rule, resource) if {
	contains(resource, "/")
	some given in rule.resources
	given == sprintf("*/%s", [split(resource, "/")[1]])
}

# `userextras/*` stands for any key of the extra user information.
resource_matches(rule, "userextras") if {
	some given in rule.resources
	startswith(given, "userextras/")
}

verb_matches(rule, verb) if {
	some given in rule.verbs
	given in {verb, "*"}
}

# resourceNames narrow the verbs that name one object.
only_named(rule, row, verb) if {
	count(object.get(rule, "resourceNames", [])) > 0
	verb in row.named
}

granting_rows := array.concat(table.grants, [row |
	settings.all.includeControllers
	some row in [
		{"id": "5.1.4", "kinds": {"Role", "ClusterRole"}, "groups": {"apps"}, "resources": {"deployments", "daemonsets", "statefulsets", "replicasets"}, "verbs": {"create"}, "named": set()},
		{"id": "5.1.4", "kinds": {"Role", "ClusterRole"}, "groups": {"batch"}, "resources": {"jobs", "cronjobs"}, "verbs": {"create"}, "named": set()},
		{"id": "5.1.4", "kinds": {"Role", "ClusterRole"}, "groups": {""}, "resources": {"replicationcontrollers"}, "verbs": {"create"}, "named": set()},
	]
])

outcomes[row.id] contains outcome if {
	some row in granting_rows
	some document in roles
	document.doc.kind in row.kinds
	some i, rule in document.doc.rules
	allows(rule, row)
	outcome := {"verdict": "fail", "path": array.concat(document.path, ["rules", i]), "msg": sprintf("%s grants %s on %s", [title(document), concat(", ", rule.verbs), concat(", ", rule.resources)])}
}

outcomes[row.id] contains outcome if {
	some row in table.grants
	count(roles) > 0
	outcome := {"verdict": "pass", "path": [], "msg": sprintf("%d roles examined", [count(roles)])}
}

outcomes["5.1.3"] contains outcome if {
	some document in roles
	some i, rule in document.doc.rules
	some field in ["apiGroups", "resources", "verbs", "nonResourceURLs"]
	some j, entry in rule[field]
	entry == "*"
	outcome := {"verdict": "fail", "path": array.concat(document.path, ["rules", i, field, j]), "msg": sprintf("%s: %s holds a wildcard", [title(document), field])}
}

outcomes["5.1.3"] contains outcome if {
	count(roles) > 0
	outcome := {"verdict": "pass", "path": [], "msg": sprintf("%d roles examined", [count(roles)])}
}

# 5.1.1: bindings to cluster-admin, or to a role of the input that is as wide.
outcomes["5.1.1"] contains outcome if {
	some document in bindings
	document.doc.roleRef.kind == "ClusterRole"
	as_wide(document.doc.roleRef.name)
	some i, subject in document.doc.subjects
	not sprintf("%s %s", [subject.kind, subject.name]) in settings.all.clusterAdmins
	outcome := {"verdict": "fail", "path": array.concat(document.path, ["subjects", i]), "msg": sprintf("%s gives %s to %s %s", [title(document), document.doc.roleRef.name, subject.kind, subject.name])}
}

as_wide("cluster-admin") := true

as_wide(name) if {
	some document in sources.of_kind.ClusterRole
	document.doc.metadata.name == name
	some rule in document.doc.rules
	"*" in rule.apiGroups
	"*" in rule.resources
	"*" in rule.verbs
}

outcomes["5.1.1"] contains outcome if {
	count(bindings) > 0
	outcome := {"verdict": "pass", "path": [], "msg": sprintf("%d bindings examined", [count(bindings)])}
}

# 5.1.5: the default service account has no token, no rights and no workload.
default_accounts contains document if {
	some document in sources.of_kind.ServiceAccount
	document.doc.metadata.name == "default"
}

outcomes["5.1.5"] contains outcome if {
	some document in default_accounts
	not settings.exempt(object.get(document.doc, ["metadata", "namespace"], ""))
	off := object.get(document.doc, "automountServiceAccountToken", true) == false
	outcome := {"verdict": verdict(off), "path": sources.nearest(document, ["automountServiceAccountToken"]), "msg": sprintf("%s: token mounting is %s", [title(document), on_off(off)])}
}

on_off(true) := "off"

on_off(false) := "on"

outcomes["5.1.5"] contains outcome if {
	some document in bindings
	some i, subject in document.doc.subjects
	subject.kind == "ServiceAccount"
	subject.name == "default"
	outcome := {"verdict": "fail", "path": array.concat(document.path, ["subjects", i]), "msg": sprintf("%s gives %s to the default service account", [title(document), document.doc.roleRef.name])}
}

outcomes["5.1.5"] contains outcome if {
	some pod in pods
	account := object.get(pod.spec, "serviceAccountName", object.get(pod.spec, "serviceAccount", "default"))
	unnamed := account in {"default", ""}
	outcome := {"verdict": verdict(unnamed == false), "path": pod.path, "msg": sprintf("%s runs as service account %s", [pod.title, account])}
}

outcomes["5.1.5"] contains outcome if {
	some document in sources.of_kind.Namespace
	name := document.doc.metadata.name
	not settings.exempt(name)
	every account in default_accounts {
		namespace_of(account.doc) != name
	}
	outcome := {"verdict": "fail", "path": document.path, "msg": sprintf("Namespace %s: its default service account keeps token mounting on", [name])}
}

# 5.1.6: the Pod's word on token mounting, else its service account's, else yes.
outcomes["5.1.6"] contains outcome if {
	some pod in pods
	not pod.title in settings.all.automountAllowed
	mounted := mounts_token(pod)
	outcome := {"verdict": verdict(mounted == false), "path": pod.path, "msg": sprintf("%s %s", [pod.title, token_words(mounted)])}
}

token_words(false) := "mounts no service account token"

token_words(mounted) := "mounts a service account token" if mounted != false

mounts_token(pod) := pod.spec.automountServiceAccountToken if {
	is_boolean(pod.spec.automountServiceAccountToken)
} else := true in words if {
	account := object.get(pod.spec, "serviceAccountName", object.get(pod.spec, "serviceAccount", "default"))
	words := {value |
		some document in sources.of_kind.ServiceAccount
		document.doc.metadata.name == account
		namespace_of(document.doc) == pod.namespace
		value := document.doc.automountServiceAccountToken
		is_boolean(value)
	}
	count(words) > 0
} else := true

# 5.1.7: system:masters bypasses RBAC; only the built-in binding may name it.
outcomes["5.1.7"] contains outcome if {
	some document in bindings
	some i, subject in document.doc.subjects
	subject.kind == "Group"
	subject.name == "system:masters"
	not built_in_admin(document.doc)
	outcome := {"verdict": "fail", "path": array.concat(document.path, ["subjects", i]), "msg": sprintf("%s names the group system:masters", [title(document)])}
}

built_in_admin(doc) if {
	doc.kind == "ClusterRoleBinding"
	doc.metadata.name == "cluster-admin"
}

outcomes["5.1.7"] contains outcome if {
	some document in sources.of_kind.CertificateSigningRequest
	names_masters(document.doc.spec.request)
	outcome := {"verdict": "fail", "path": array.concat(document.path, ["spec", "request"]), "msg": sprintf("%s asks for the organization system:masters", [title(document)])}
}

# names_masters(encoded): whether PEM text in base64 holds the organization system:masters. DER keeps the name as it
# is behind the attribute's identifier 2.5.4.10, the kind of string and its length.
names_masters(encoded) if {
	pem := base64.decode(encoded)
	some body in regex.find_n(`[A-Za-z0-9+/\r\n]{40,}={0,2}`, pem, -1)
	der := base64.decode(body)
	some kind in ["\u000c", "\u0013"]
	contains(der, concat("", ["U\u0004\n", kind, "\u000esystem:masters"]))
}

kubeconfigs contains document if {
	some document in sources.of_kind.Config
	document.doc.apiVersion == "v1"
	is_array(document.doc.users)
}

outcomes["5.1.7"] contains outcome if {
	some document in kubeconfigs
	some i, user in document.doc.users
	names_masters(user.user["client-certificate-data"])
	outcome := {"verdict": "fail", "path": array.concat(document.path, ["users", i, "user", "client-certificate-data"]), "msg": sprintf("kubeconfig user %s is in system:masters", [user.name])}
}

outcomes["5.1.7"] contains outcome if {
	found := count(bindings) + count(kubeconfigs)
	found > 0
	outcome := {"verdict": "pass", "path": [], "msg": sprintf("%d bindings and %d kubeconfigs examined", [count(bindings), count(kubeconfigs)])}
}
