# Chapters 1.2 to 2 and 3.2.1: rows of flags against every command line found.
package lintel.cis.v1_8

import data.lintel.cis.operators
import data.lintel.cis.settings
import data.lintel.cis.sources
import data.lintel.cis.table

# readings(source, row): what a source says about each flag of a row.
readings(source, row) := [reading(source, flag) | some flag in row.flags]

reading(source, flag) := operators.reading_of(sprintf("--%s", [flag]), source.flags[flag])

reading(source, flag) := operators.reading_default(sprintf("--%s", [flag]), value, source.path) if {
	not source.flags[flag]
	value := sources.default_flags(source)[flag]
}

reading(source, flag) := operators.reading_unset(sprintf("--%s", [flag]), source.path) if {
	not source.flags[flag]
	not sources.default_flags(source)[flag]
}

# A source passes a row when every flag of the row does.
outcomes[row.id] contains outcome if {
	some row in table.flags
	some source in sources.all
	source.component == row.component
	not sources.configured_elsewhere(source)
	not decided_by_file(row, source)
	not out_of_reach(row, source)
	some item in readings(source, row)
	result := operators.check(row, item, settings.all)
	outcome := {"verdict": verdict(result.ok), "path": item.path, "msg": sprintf("%s: %s", [source.origin, result.why])}
}

verdict(true) := "pass"

verdict(false) := "fail"

# 1.2.12 asks for a plugin that Kubernetes v1.30 no longer has; 2.4 to 2.6 ask about peers a lone etcd has not.
out_of_reach(row, _) if settings.minor >= row.below

out_of_reach(row, source) if {
	row.clustered
	source.flags["initial-cluster"]
	not clustered(source)
	source.defaults == "none"
	not peer_settings(source)
}

clustered(source) if {
	some entry in source.flags["initial-cluster"]
	count(operators.split_list(entry.value)) > 1
}

peer_settings(source) if {
	some flag, _ in source.flags
	flag in {"peer-cert-file", "peer-key-file", "peer-client-cert-auth", "peer-auto-tls"}
}

outcomes[row.id] contains outcome if {
	some row in table.flags
	some source in sources.all
	source.component == row.component
	not sources.configured_elsewhere(source)
	out_of_reach(row, source)
	outcome := {"verdict": "not-applicable", "path": source.path, "msg": reach_message(row)}
}

reach_message(row) := sprintf("Kubernetes v1.%d no longer has the admission plugins this asks for", [settings.minor]) if row.below

reach_message(row) := "a single etcd member has no peers" if row.clustered

outcomes[row.id] contains outcome if {
	some row in table.flags
	row.component == "etcd"
	some source in sources.all
	source.component == "etcd"
	sources.configured_elsewhere(source)
	not etcd_file_given
	outcome := {"verdict": "unknown", "path": source.path, "msg": "etcd reads its settings from --config-file, which is not in the input"}
}

etcd_file_given if {
	some source in sources.all
	source.origin == "etcd configuration file"
}

# Rows that a configuration file decides instead of the flag.
decided_by_file(row, source) if {
	some file in file_rows
	row.id in file.ids
	source.component == file.component
	takes_file(file, source)
}

takes_file(file, source) if {
	source.flags[file.flag]
	not file.needs_document
}

takes_file(file, source) if {
	source.flags[file.flag]
	file.needs_document
	count(file_documents(file)) > 0
}

file_rows := [
	{"ids": {"1.2.6", "1.2.7", "1.2.8"}, "component": "kube-apiserver", "flag": "authorization-config", "kind": "AuthorizationConfiguration", "needs_document": false},
	{"ids": {"1.2.1"}, "component": "kube-apiserver", "flag": "authentication-config", "kind": "AuthenticationConfiguration", "needs_document": true},
	{"ids": {"1.4.1"}, "component": "kube-scheduler", "flag": "config", "kind": "KubeSchedulerConfiguration", "needs_document": true},
]

file_documents(file) := {document | some document in sources.of_kind[file.kind]} if sources.of_kind[file.kind]

file_documents(file) := set() if not sources.of_kind[file.kind]

outcomes[id] contains outcome if {
	some file in file_rows
	not file.needs_document
	count(file_documents(file)) == 0
	some source in sources.all
	source.component == file.component
	source.flags[file.flag]
	some id in file.ids
	outcome := {"verdict": "unknown", "path": source.path, "msg": sprintf("--%s names a %s that is not in the input", [file.flag, file.kind])}
}

file_used(file) if {
	some source in sources.all
	source.component == file.component
	source.flags[file.flag]
}

outcomes[row.id] contains outcome if {
	some row in table.flags
	row.id in file_rows[0].ids
	file_used(file_rows[0])
	some document in file_documents(file_rows[0])
	types := [authorizer.type | some authorizer in document.doc.authorizers]
	reading := {"name": "authorizers[].type", "state": "given", "value": concat(",", types), "values": types, "path": array.concat(document.path, ["authorizers"])}
	result := operators.check(row, reading, settings.all)
	outcome := {"verdict": verdict(result.ok), "path": reading.path, "msg": sprintf("AuthorizationConfiguration: %s", [result.why])}
}

# The anonymous stanza excludes --anonymous-auth; without a stanza the flag's default (true) holds.
outcomes["1.2.1"] contains outcome if {
	file_used(file_rows[1])
	some document in file_documents(file_rows[1])
	anonymous := object.get(document.doc, "anonymous", null)
	some source in sources.all
	source.component == "kube-apiserver"
	source.flags["authentication-config"]
	outcome := anonymous_outcome(document, anonymous, source)
}

anonymous_outcome(document, anonymous, source) := {"verdict": verdict(result.ok), "path": item.path, "msg": sprintf("%s: %s", [source.origin, result.why])} if {
	anonymous == null
	item := reading(source, "anonymous-auth")
	some row in table.flags
	row.id == "1.2.1"
	result := operators.check(row, item, settings.all)
	document.path
}

anonymous_outcome(document, anonymous, _) := {"verdict": verdict(closed(anonymous)), "path": array.concat(document.path, ["anonymous"]), "msg": sprintf("AuthenticationConfiguration: anonymous requests are %s", [shown_anonymous(anonymous)])} if {
	is_object(anonymous)
}

health_paths := {"/livez", "/readyz", "/healthz"}

closed(anonymous) if not anonymous.enabled

closed(anonymous) := only_health(anonymous) if anonymous.enabled

default only_health(_) := false

only_health(anonymous) if {
	count(object.get(anonymous, "conditions", [])) > 0
	every condition in anonymous.conditions {
		condition.path in health_paths
	}
}

shown_anonymous(anonymous) := "refused" if not anonymous.enabled

shown_anonymous(anonymous) := "admitted on the health endpoints only" if {
	anonymous.enabled
	only_health(anonymous)
}

shown_anonymous(anonymous) := "admitted" if {
	anonymous.enabled
	not only_health(anonymous)
}

outcomes["1.4.1"] contains outcome if {
	some document in sources.of_kind.KubeSchedulerConfiguration
	found := object.get(document.doc, "enableProfiling", true)
	outcome := {
		"verdict": verdict(found == false),
		"path": existing(document, ["enableProfiling"]),
		"msg": sprintf("KubeSchedulerConfiguration: enableProfiling is %v", [found]),
	}
}

existing(document, field) := sources.nearest(document, field)

# 2.7 also wants etcd's CA to differ from the one the API server trusts for clients.
outcomes["2.7"] contains outcome if {
	some etcd in sources.all
	etcd.component == "etcd"
	some api in sources.all
	api.component == "kube-apiserver"
	trusted := reading(etcd, "trusted-ca-file")
	client := reading(api, "client-ca-file")
	trusted.value != ""
	trusted.value == client.value
	outcome := {"verdict": "fail", "path": trusted.path, "msg": sprintf("etcd trusts %s, the CA the API server trusts for its clients", [trusted.value])}
}

# 1.2.29: the first provider of every entry that covers Secrets encrypts what is written.
strong_providers := {"aescbc", "kms", "secretbox"}

outcomes["1.2.29"] contains outcome if {
	some document in sources.of_kind.EncryptionConfiguration
	some i, entry in document.doc.resources
	covers_secrets(entry)
	names := object.keys(object.get(entry, ["providers", 0], {}))
	outcome := {
		"verdict": verdict(count(names & strong_providers) > 0),
		"path": existing(document, ["resources", i, "providers", 0]),
		"msg": sprintf("EncryptionConfiguration: the first provider for Secrets is %s", [concat(", ", names)]),
	}
}

outcomes["1.2.29"] contains outcome if {
	some document in sources.of_kind.EncryptionConfiguration
	every entry in object.get(document.doc, "resources", []) {
		not covers_secrets(entry)
	}
	outcome := {"verdict": "fail", "path": document.path, "msg": "EncryptionConfiguration: no entry covers Secrets"}
}

covers_secrets(entry) if {
	some name in entry.resources
	name in {"secrets", "*.", "*.*"}
}

outcomes["1.2.29"] contains outcome if {
	some source in sources.all
	source.component == "kube-apiserver"
	item := reading(source, "encryption-provider-config")
	item.state == "unset"
	outcome := {"verdict": "fail", "path": item.path, "msg": sprintf("%s: --encryption-provider-config is not given", [source.origin])}
}

outcomes["1.2.29"] contains outcome if {
	not sources.of_kind.EncryptionConfiguration
	some source in sources.all
	source.component == "kube-apiserver"
	item := reading(source, "encryption-provider-config")
	item.state != "unset"
	outcome := encryption_elsewhere(source, item)
}

encryption_elsewhere(source, item) := {"verdict": "pass", "path": item.path, "msg": "RKE2/K3s writes an aescbc or secretbox provider for secrets-encryption"} if source.defaults == "k3s"

encryption_elsewhere(source, item) := {"verdict": "unknown", "path": item.path, "msg": "--encryption-provider-config names a file that is not in the input"} if source.defaults != "k3s"
