# Detectors for credentials written as literals. Messages never repeat a value.
package lintel.lib.secrets

# sensitive holds for a literal whose name says it is a credential, or that looks like one.
sensitive(name, value) if {
	credential_name(name)
	literal(value)
	not harmless_for(name, value)
}

sensitive(_, value) if looks_like_key(value)

# credential_name fits the usual names of credentials, but not those of their files, owners or limits.
credential_name(name) if {
	is_string(name)
	regex.match(`(?i)passw|passphrase|passwd|pwd|secret|token|api[_-]?key|credential|bearer|access[_-]?key|private[_-]?key|(^|[_.-])pass($|[_.-])|(?-i:[a-z0-9]Pass$)`, name)
	not regex.match(`(?i)[_.-]?(file|path|dir|name|names|namespace|ttl|timeout|expiry|expires?|expiration|enabled|disabled|url|uri|endpoint|host|header|length|issuer|type|algorithm|policy|count|limit|size|key[_-]?id|secretref|existing_?secret|class|mount|store|provider|audience|rotation|interval|max|min)s?$|^(existing|enable|disable|use|max|min|num|mount|automount)|tokeniz|secretkeyref|password_?reset`, name)
}

# literal holds for text that is no reference, template, placeholder or file path.
literal(value) if {
	is_string(value)
	count(value) > 1
	not reference(value)
}

# reference holds for text that names a value kept elsewhere, or that is no credential at all.
reference(value) if template(value)

reference(value) if {
	some root in ["/etc/", "/run/", "/var/", "/mnt/", "/vault/", "/secrets/", "/secret/", "/opt/", "/home/", "/tmp/", "/usr/", "/app/", "/config/", "/certs/", "/keys/"]
	startswith(value, root)
}

reference(value) if lower(value) in {"true", "false", "yes", "no", "none", "null"}

# template holds for text that a tool replaces before it is used, and for encrypted text.
template(value) if {
	some mark in ["{{", "${", "$(", "<path:", "<no value>", "ENC[", "<%"]
	contains(value, mark)
}

template(value) if {
	some prefix in ["ref+", "vault:", "file://", "secret://", "op://", "arn:aws:secretsmanager:", "arn:aws:ssm:"]
	startswith(value, prefix)
}

template(value) if {
	startswith(value, "projects/")
	contains(value, "/secrets/")
}

# "<your password>", "%PASSWORD%", "__PASSWORD__" and "****" stand for a value.
template(value) if {
	some pair in [["<", ">"], ["%", "%"], ["__", "__"]]
	count(value) > 4
	startswith(value, pair[0])
	endswith(value, pair[1])
}

template(value) if trim(value, "*xX.- ") == ""

template(value) if lower(value) in {"redacted", "[redacted]"}

# A number beside "token" is a limit.
harmless_for(name, value) if {
	contains(lower(name), "token")
	regex.match(`^[0-9.]+$`, value)
}

# looks_like_key fits keys and tokens that are recognisable by themselves.
looks_like_key(value) if private_key(value)

looks_like_key(value) if {
	is_string(value)
	count(value) > 15
	shaped(value)
}

shaped(value) if {
	some prefix in ["AKIA", "ASIA"]
	startswith(value, prefix)
	regex.match(`^A[KS]IA[0-9A-Z]{16}$`, value)
}

shaped(value) if {
	some prefix in ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "sk_live_", "rk_live_", "npm_", "dop_v1_", "hvs.", "SG.", "AIza", "sk-ant-", "sk-proj-", "pypi-"]
	startswith(value, prefix)
	not reference(value)
}

shaped(value) if {
	startswith(value, "eyJ")
	regex.match(`^eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*$`, value)
}

shaped(value) if {
	contains(value, "://")
	regex.match(`^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s:@]*:[^/\s:@]+@`, value)
	not reference(value)
}

shaped(value) if {
	contains(value, "://hooks.slack.com/services/")
	not reference(value)
}

private_key(value) if {
	is_string(value)
	contains(value, "PRIVATE KEY-----")
	contains(value, "-----BEGIN ")
	not contains(value, "{{")
}

# plain is the text behind a value of a Secret's `data`; undecodable text stays as it is.
plain(value) := base64.decode(value) if {
	base64.is_valid(value)
} else := value

# assignments lists the names that lines like "db.password = x" of a text give a literal value.
assignments(text) := [match[1] |
	contains(text, "\n")
	some match in regex.find_all_string_submatch_n(`(?m)^[ \t]*(?:export[ \t]+)?["']?([A-Za-z0-9_.-]+)["']?[ \t]*[:=][ \t]*["']?([^"'\s#]+)`, text, 500)
	sensitive(match[1], match[2])
]

# encrypted holds for objects that SOPS has encrypted.
encrypted if is_object(input.sops)

# names_object holds for keys like "secret" or "passwordKey" whose value is the name of an object
# or of a key in it.
names_object(key, value) if {
	regex.match(`(?i)(secret|secrets|key|ref|field|property)$`, key)
	not regex.match(`(?i)(api|access|private|signing|encryption|client|app|jwt)[_-]?(key|secret)$`, key)
	regex.match(`^[a-z]([a-z0-9-]*[a-z0-9])?$`, value)
}
