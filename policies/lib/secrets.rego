# Detectors for credentials written as literals. Messages never repeat a value.
package lintel.lib.secrets

# sensitive holds for a literal whose name says it is a credential, or that looks like one.
sensitive(name, value) if {
	credential_name(name)
	literal(value)
	not harmless_for(name, value)
}

sensitive(name, value) if {
	key_name(name)
	random(value)
	literal(value)
}

sensitive(name, value) if {
	contains(lower(name), "authorization")
	regex.match(`(?i)^(basic|bearer|token)\s+[a-z0-9+/=._-]{8,}$`, trim_space(value))
	literal(value)
}

sensitive(_, value) if looks_like_key(value)

# --- names ------------------------------------------------------------------------------

# credential_name fits the usual names of credentials, but not those of their files, owners, limits and kinds.
credential_name(name) if {
	is_string(name)
	not contains(name, "/")
	regex.match(`(?i)passw|passphrase|passcode|pwd|secret|token|api[_.-]?key|credential|creds|bearer|secret[_.-]?access|account[_.-]?key|private[_.-]?key|signing[_.-]?key|encryption[_.-]?key|master[_.-]?key|requirepass|masterauth|(^|[_.-])(pass|psw|pw)($|[_.-])|(?-i:[a-z0-9](Pass|Pw|PW)$)|(user|db|root|admin|auth|proxy|ftp|smtp|mail)pass$`, name)
	not aside(name)
}

# aside holds for names of something about a credential. Words are parted by marks or by case.
aside(name) if {
	word := regex.split(`[_.\[ -]`, lower(spaced(name)))
	last := word[count(word) - 1]
	some form in [last, trim_suffix(last, "s")]
	form in aside_words
}

aside(name) if regex.match(`([_.\[ -]|^)(expires[_.-]?(in|at|after)|key[_.-]?ref|secret[_.-]?ref|public[_.-]?key|key[_.-]?id)s?$|(^|[_.-])(existing|enable|disable|use|uses|max|min|num|mount|automount|allow|allows|has|is|no|require|show|hide|forgot|skip|ignore|validate|generate|create|lookup)[_.-]|tokeniz|^(proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$|initial_cluster_token|secretkeyref|password_?reset|publishable|public[_.-]?(key|token)|(?:^|[_.-])(site|cache|partition|primary|foreign|sort|csrf)[_.-]?(key|token)$`, lower(spaced(name)))

# aside_words are the last words of such names, in the singular; a list in place of a pattern, which would take long to compile.
aside_words := {
	"address", "age", "alg", "algo", "algorithm", "allowed", "annotation", "annotations", "arg", "attempts",
	"attr", "attribute", "attributes", "audience", "audiences", "authenticator", "backend", "bits", "bucket",
	"budget", "bytes", "cache", "change", "check", "checker", "checks", "cidr", "claim", "claims", "class",
	"column", "complexity", "cookie", "count", "data", "days", "delay", "description", "dir", "directory",
	"disable", "disabled", "driver", "duration", "enable", "enabled", "encoder", "encoding", "encryption",
	"endpoint", "engine", "env", "envvar", "exchange", "expiration", "expire", "expired", "expires", "expiry",
	"field", "fields", "file", "filename", "flag", "folder", "format", "group", "hash", "hasher", "hashing",
	"header", "headers", "help", "hint", "history", "host", "hours", "id", "ids", "info", "interval",
	"introspection", "ip", "issuer", "kind", "label", "labels", "len", "length", "lifespan", "lifetime",
	"limit", "limits", "location", "manager", "max", "maximum", "message", "method", "min", "minimum",
	"minutes", "mode", "mount", "mounts", "name", "names", "namespace", "namespaces", "object", "param",
	"parameter", "path", "pattern", "period", "placeholder", "plugin", "policies", "policy", "port", "prefix",
	"prompt", "prop", "property", "provider", "quota", "ref", "reference", "refresh", "refs", "regex", "reload",
	"reloader", "renew", "renewal", "request", "required", "reset", "resource", "response", "retries", "review",
	"reviewer", "role", "rotate", "rotation", "rule", "rules", "scheme", "scope", "scopes", "seconds",
	"selector", "server", "service", "size", "source", "storage", "store", "strategy", "strength", "subject",
	"suffix", "sync", "template", "text", "timeout", "title", "ttl", "type", "types", "uri", "url", "urls",
	"usage", "user", "username", "validation", "validator", "validity", "var", "variable", "version",
	"versions", "volume", "volumes",
}

# spaced parts "accessTokenTTL" into "access_Token_TTL".
spaced(name) := regex.replace(regex.replace(name, `([a-z0-9])([A-Z])`, `${1}_$2`), `([A-Z]+)([A-Z][a-z])`, `${1}_$2`)

# key_name fits names that may be those of keys; only random values count.
key_name(name) if {
	is_string(name)
	not contains(name, "/")
	regex.match(`(?i)(^|[_.-])(key|access[_.-]?key|auth|salt|signature|licen[sc]e|dsn|cookie|psk)$`, spaced(name))
	not aside(name)
}

# random holds for text with the mix of characters that generators give.
random(value) if {
	is_string(value)
	count(value) >= 20
	regex.match(`^(base64:)?[A-Za-z0-9+/=_.-]+$`, value)
	regex.match(`[0-9]`, value)
	regex.match(`[A-Za-z]`, value)
	count({char | some char in split(value, "")}) >= 12
	not regex.match(`^[a-z]+([-_.][a-z0-9]+)*$`, value)
}

# --- values -----------------------------------------------------------------------------

# literal holds for text that is no reference, template, placeholder, file path or sentence.
literal(value) if {
	is_string(value)
	text := bare(value)
	count(text) > 2
	not reference(text)
	not placeholder(text)
	not prose(text)
}

# bare is the text without blanks, quotes and the scheme of an Authorization header around it.
bare(value) := regex.replace(trim(trim_space(value), `"'`), `(?i)^(bearer|basic|token) `, "")

# reference holds for text that names a value kept elsewhere, or that is no credential at all.
reference(value) if template(value)

reference(value) if regex.match(`^(/|\./|\.\./|~/)[A-Za-z0-9_.@%+~/-]*$|^[A-Za-z]:\\`, value)

reference(value) if regex.match(`(?i)^[a-z0-9_./-]+\.(pem|key|crt|cert|txt|json|ya?ml|conf|cfg|ini|properties|env|jks|p12|pfx|sh|xml|toml)$`, value)

# "secret/data/db#password", "prod/db"
reference(value) if regex.match(`^[a-z][a-z0-9_.-]*(/[a-z0-9_.-]+)+([#:@][A-Za-z0-9_.-]+)?$`, value)

# "jwt,priv-key=/etc/keys/a.pem"
reference(value) if regex.match(`^[a-z]+,[a-z-]+=/`, value)

# Names of variables, keys and objects.
reference(value) if regex.match(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*_(PASSWORD|PASSWD|PASS|PWD|SECRET|TOKEN|KEY|CREDENTIALS?|CREDS?)(_[A-Z0-9]+)*$`, value)

reference(value) if regex.match(`^[a-z0-9]+([-_.][a-z0-9]+)*[-_.](password|passwd|pass|secret|secrets|token|tokens|key|keys|credentials?|creds|auth|tls|cert|certs|ca|kubeconfig|config|file|name|ref)$`, value)

# Code: "process.env.TOKEN", "getenv('TOKEN')", "config.password"
reference(value) if regex.match(`^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*[(\[].*$|^[A-Za-z_]+(\.[A-Za-z_]+)+$`, value)

reference(value) if lower(value) in {
	"true", "false", "yes", "no", "on", "off", "none", "null", "nil", "undefined", "default", "enabled", "disabled", "required",
	"optional", "auto", "automatic", "plain", "basic", "bearer", "oauth", "oauth2", "oidc", "saml", "ldap", "jwt", "vault",
	"kubernetes", "k8s", "aws", "gcp", "azure", "header", "cookie", "query", "file", "env", "environment", "string", "opaque", "raw",
	"inherit", "prompt", "always", "never", "local", "internal", "external", "memory", "database", "scram-sha-256",
	"scram-sha-512", "sha256", "sha512", "md5", "bcrypt", "argon2", "argon2id", "pbkdf2", "hs256", "rs256", "es256", "static",
	"dynamic", "manual", "generated", "self-signed", "client_credentials", "authorization_code", "read", "write", "admin-only",
}

# template holds for text that a tool replaces before it is used, and for encrypted text.
template(value) if {
	some mark in ["{{", "${", "$(", "$[", "<path:", "<no value>", "ENC[", "<%", "#{", "`", "$__", "%(", "!secret", "!vault", "!Ref"]
	contains(value, mark)
}

template(value) if {
	some prefix in ["ref+", "vault:", "file:", "secret:", "secretref:", "op://", "arn:aws", "env:", "ssm:", "awssm:", "sm://", "gcpsm:", "keyvault:", "k8s:", "keyring:", "bao:", "doppler:", "sops:"]
	startswith(lower(value), prefix)
}

template(value) if {
	startswith(value, "projects/")
	contains(value, "/secrets/")
}

# "$1", "$TOKEN", "%s", "{0}", "@token@"
template(value) if regex.match(`^(\$[A-Za-z0-9_]+|\$[@*#?]|%[sdv]|\{[A-Za-z0-9_.-]*\}|@+[A-Za-z0-9_.-]+@+)$`, value)

# "<your password>", "%PASSWORD%", "__PASSWORD__" and "****" stand for a value.
template(value) if {
	some pair in [["<", ">"], ["%", "%"], ["__", "__"], ["[", "]"]]
	count(value) > 4
	startswith(value, pair[0])
	endswith(value, pair[1])
}

template(value) if trim(value, "*xX.-_#?• ") == ""

template(value) if lower(value) in {"redacted", "[redacted]", "(redacted)", "(hidden)", "(sensitive)", "(not set)", "(none)", "(empty)", "n/a", "na", "tbd", "todo"}

# placeholder holds for text that tells the reader to put the value there.
placeholder(value) if regex.match(`^[\W_]*(please[\W_]*)?(change|replace|update|fill|insert|enter|provide|paste|override|put|supply|specify|set|add|edit)[\W_]*(me|it|this|that|in|with|here|your|the|by|before|on|now|later|value|please|via|from|at)([^a-z]|$)|^[\W_]*(change(me|it|this|d)|replaceme|updateme|fillme|insertme|setme)|^[\W_]*your([^a-z]|pass|secret|token|key|api|db|user|own|client|access|value|strong|super)|placeholder|dummy|redacted|fixme|todo([^a-z]|$)|\.\.\.|…|(^|[^a-z.@/])examples?([^a-z.]|$)|example(key|token|pass|secret)|[^a-z](goes)?[\W_]*here[\W_]*$|^(not|un)[\W_]*(set|real|a[\W_]?real|used|needed|configured|applicable|provided|specified|defined|known|available)\W*$|^(fake|mock|bogus|invalid)|[^a-z](fake|mock|bogus)([^a-z]|$)|^(some|any|a|an|the)[\W_](secret|password|token|key|value|api)|to[\W_]?be[\W_]?(replaced|changed|filled|set|provided|generated)|will[\W_]?be[\W_]?(replaced|generated|injected|set)|(injected|generated|provided|managed|set|overridden|filled)[\W_](by|at|from|via|in)[\W_]|^(managed|injected|generated|provided|stored|kept|comes|see|from|in|use|defined|lives)[\W_]`, lower(value))

# prose holds for sentences.
prose(value) if regex.match(`^[A-Za-z][A-Za-z,.'()/-]*([ ]+[A-Za-z0-9,.'"()/:;-]+){2,}[.!?]?$`, value)

# A number or a time beside "token" is a limit; a name beside "secret" or "key" is that of an object.
harmless_for(name, value) if {
	regex.match(`(?i)token|secret|key`, name)
	regex.match(`^[0-9.]+(ms|s|m|h|d)?$`, value)
}

harmless_for(_, value) if regex.match(`(?i)^(https?|tcp|unix|ldaps?|amqps?)://[^@\s]*$`, value)

harmless_for(name, value) if lower(name) == lower(value)

harmless_for(name, value) if {
	names_object(name, value)
	upper(name) != name
}

# The label of an input field
harmless_for(_, value) if {
	value != lower(value)
	lower(value) in {"password", "token", "secret", "passphrase", "api key", "api token", "credentials", "passwort"}
}

# looks_like_key fits keys and tokens that are recognisable by themselves.
looks_like_key(value) if private_key(value)

looks_like_key(value) if {
	is_string(value)
	count(value) > 15
	not contains(value, "\n")
	count(shapes(value)) > 0
}

# shapes lists the parts of a text that only credentials look like.
shapes(text) := {part |
	regex.match(token_mark, text)
	some part in regex.find_n(token_shape, text, 20)
	not placeholder(part)
	not template(part)
	not repeated(part)
} | {match[0] |
	contains(text, "://")
	some match in regex.find_all_string_submatch_n(`[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s:@"'<>]*:([^/\s:@"'<>]+)@`, text, 20)
	not reference(match[1])
	not placeholder(match[1])
}

token_mark := `AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|xapp-|[sr]k_live_|npm_|dop_v1_|hvs\.|SG\.|AIza|sk-|pypi-|glsa_|dckr_pat_|hf_|shpat_|ya29\.|eyJ|AGE-SECRET-KEY-1|hooks\.slack\.com/services/|/api/webhooks/|AccountKey=|SharedAccessKey=`

token_shape := `\b(?:A[KS]IA[0-9A-Z]{16}\b|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abeprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{20,}|[sr]k_live_[A-Za-z0-9]{10,}|npm_[A-Za-z0-9]{20,}|dop_v1_[a-f0-9]{20,}|hvs\.[A-Za-z0-9_-]{20,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|AIza[A-Za-z0-9_-]{30,}|sk-(?:ant|proj|svcacct)-[A-Za-z0-9_-]{16,}|sk-[A-Za-z0-9]{40,}|pypi-[A-Za-z0-9_-]{20,}|glsa_[A-Za-z0-9_]{20,}|dckr_pat_[A-Za-z0-9_-]{16,}|hf_[A-Za-z0-9]{24,}|shpat_[a-f0-9]{20,}|ya29\.[A-Za-z0-9_-]{20,}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*|AGE-SECRET-KEY-1[A-Z0-9]{40,}|hooks\.slack\.com/services/T[A-Za-z0-9]+/B[A-Za-z0-9]+/[A-Za-z0-9]{12,}|discord(?:app)?\.com/api/webhooks/[0-9]{10,}/[A-Za-z0-9_-]{20,}|(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{20,}=*)`

# repeated holds for "ghp_xxxxxxxxxxxxxxxxxxxx" and the like.
repeated(part) if count({char | some char in split(part, "")}) < 9

private_key(value) if {
	is_string(value)
	contains(value, "PRIVATE KEY-----")
	contains(value, "-----BEGIN ")
	not contains(value, "{{")
}

# ordinary holds for what stands beside a credential in a Secret and is none itself: names, addresses,
# certificates, settings.
ordinary(_, value) if value == ""

ordinary(_, value) if regex.match(`^\s*-----BEGIN (CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|CERTIFICATE REQUEST)-----`, value)

ordinary(key, value) if {
	regex.match(`(?i)(^|[_.-])(user|user[_.-]?name|login|email|host|hostname|port|address|database|db|db[_.-]?name|name|endpoint|region|namespace|type|url|uri|server|schema|issuer|client[_.-]?id|account[_.-]?name|role|protocol|enabled|version)$`, spaced(key))
	count(found(value)) == 0
	not looks_like_key(value)
}

ordinary(_, value) if {
	contains(value, "\n")
	not private_key(value)
	regex.match(`[:=]`, value)
	count(found(value)) == 0
}

# plain is the text behind a value of a Secret's `data`; undecodable text stays as it is.
plain(value) := base64.decode(value) if {
	base64.is_valid(value)
} else := value

# --- texts ------------------------------------------------------------------------------

# found lists what a text of any kind holds: {"name", "value", "line"}, where lines count from 0. Texts
# that are YAML or JSON are read as such; of all others each line is looked at on its own.
found(text) := finds if {
	is_string(text)
	regex.match(`(?i)pass|pwd|secret|token|key|credential|creds|bearer|auth|identified|://|_live_|xox|eyJ|AKIA|ASIA|gh[pousr]_|glpat|hvs\.`, text)
	lines := split(text, "\n")
	parsed := tree(text)
	pairs := named(parsed, lines, text)
	finds := ({find | some find in pairs} | {{"name": "a key", "value": part, "line": index} |
		some index, line in lines
		count(line) > 15
		some part in shapes(line)
		not within_pair(pairs, index, part)
	}) | {{"name": "private key", "value": line, "line": index} |
		contains(text, "PRIVATE KEY-----")
		some index, line in lines
		private_key(line)
	}
} else := set()

# A find whose name is known says more than one by its shape.
within_pair(pairs, line, part) if {
	some pair in pairs
	pair.line == line
	contains(pair.value, part)
}

within_pair(pairs, line, part) if {
	some pair in pairs
	pair.line == line
	contains(part, pair.value)
}

# tree is the text as YAML or JSON, null when it is neither.
tree(text) := parsed if {
	yaml.is_valid(text)
	parsed := yaml.unmarshal(text)
	is_structure(parsed)
} else := null

# A line of a script is a mapping to YAML when it holds a colon.
is_structure(value) if {
	is_object(value)
	every key in object.keys(value) { not regex.match(`['"]`, key) }
}

is_structure(value) if {
	is_array(value)
	some item in value
	is_object(item)
}

named(parsed, lines, _) := by_line(lines) if parsed == null

named(parsed, lines, text) := {find |
	walk(parsed, [_, node])
	is_object(node)
	some key, value in node
	some pair in members(node, key, value)
	sensitive(pair.name, pair.value)
	find := {"name": pair.name, "value": pair.value, "line": line_of(pair, lines)}
} | {find |
	walk(parsed, [_, value])
	is_string(value)
	inner(value)
	some part in by_line(split(value, "\n"))
	find := {"name": part.name, "value": part.value, "line": line_of(part, lines)}
} if {
	parsed != null
	is_string(text)
}

# members gives what a member of a mapping says: {key: value}, or {name: key, value: value}.
members(node, key, value) := [{"name": key, "value": value}] if {
	is_object(node)
	is_string(value)
	key != "value"
} else := [{"name": node.name, "value": value}] if {
	key == "value"
	is_string(value)
	is_string(node.name)
} else := [{"name": node.key, "value": value}] if {
	key == "value"
	is_string(value)
	is_string(node.key)
} else := [{"name": key, "value": sprintf("%v", [value])}] if {
	is_number(value)
	regex.match(`(?i)pass|pwd`, key)
} else := []

# inner holds for scalars that hold more than one value: settings in lines, addresses, option lists.
inner(value) if contains(value, "\n")

inner(value) if regex.match(`[?&;, ][A-Za-z_.-]+=|^[A-Za-z_.-]+=|://|define\(|[Aa]uthorization`, value)

line_of(pair, lines) := min(both) if {
	both := {index | some index, line in lines; contains(line, pair.value); contains(line, pair.name)}
	count(both) > 0
} else := min(one) if {
	one := {index | some index, line in lines; contains(line, pair.value)}
	count(one) > 0
} else := min(names) if {
	names := {index | some index, line in lines; contains(line, pair.name)}
	count(names) > 0
} else := 0

# by_line looks for a name beside a value in each line, and in the pairs of elements that XML has.
by_line(lines) := {{"name": pair[0], "value": pair[1], "line": index} |
	some index, line in lines
	regex.match(`(?i)pass|pwd|secret|token|key|credential|creds|bearer|auth|identified|salt|dsn|cookie`, line)
	not regex.match(`^\s*(#|//|;|-- |\*|/\*|<!--|rem )`, line)
	some pair in pairs_of(line)
	sensitive(pair[0], pair[1])
} | {{"name": pair[1], "value": pair[2], "line": index + 1} |
	some index, line in lines
	contains(line, "<name>")
	some pair in regex.find_all_string_submatch_n(`<name>\s*([^<]+?)\s*</name>\s*<value>\s*([^<]+?)\s*</value>`, concat("\n", array.slice(lines, index, index + 2)), 1)
	sensitive(pair[1], pair[2])
}

pairs_of(line) := array.flatten([
	[[match[1], unquoted(match[2])] | some match in regex.find_all_string_submatch_n(assignment, line, 1)],
	[[match[1], match[2]] |
		some pattern in inline
		some match in regex.find_all_string_submatch_n(pattern, line, 20)
	],
	[["password", match[1]] |
		some pattern in [directive, header, statement]
		some match in regex.find_all_string_submatch_n(pattern, line, 1)
	],
	[[match[1], match[2]] |
		some match in regex.find_all_string_submatch_n(`^\s*([A-Za-z_][A-Za-z0-9_.-]*)\s+["']?([^\s"';]+)["']?\s*;?\s*$`, line, 1)
		regex.match(`[0-9]`, match[2])
		regex.match(`[A-Za-z]`, match[2])
	],
])

# "name = value" in most languages, to the end of the line
assignment := `^\s*(?:(?:export|set|setenv|ENV|ARG|local|readonly|declare|var|let|const|final|static|private|public|self\.|this\.|-|--|\$|@)\s*)*["'\[]*([A-Za-z_][A-Za-z0-9_.-]*)["'\]]*\s*(?::=|=>|=|:)\s*(.+?)\s*$`

inline := [
	`["']([A-Za-z_][A-Za-z0-9_.-]*)["']\s*(?:=>|[:=])\s*"([^"]*)"`,
	`["']([A-Za-z_][A-Za-z0-9_.-]*)["']\s*(?:=>|[:=])\s*'([^']*)'`,
	`(?:^|[\s<({,;])([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*"([^"]*)"`,
	`(?:^|[\s<({,;])([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*'([^']*)'`,
	`(?:^|[{,]\s*)([A-Za-z_][A-Za-z0-9_.-]*)\s*:\s*["']?([^\s"',}]+)["']?\s*[,}]`,
	`name="([^"]+)"\s+value="([^"]*)"`,
	`<([A-Za-z][A-Za-z0-9_.:-]*)(?:\s[^<>]*)?>\s*([^<>]+?)\s*</`,
	`(?:define|set|setProperty|put|add|env)\(\s*["']([^"']+)["']\s*,\s*["']([^"']*)["']`,
	`[?&;]([A-Za-z_][A-Za-z0-9_.-]*)=([^&;\s"'<>]+)`,
	`[\s;"',]([A-Za-z_][A-Za-z0-9_-]*)=([^;&\s"',<>]+)`,
	`\s--?([A-Za-z][A-Za-z0-9.-]*)[= ]["']?([^\s"';]+)["']?`,
]

header := `[Aa]uthorization["']?\s*:?\s*["']?(?:Basic|Bearer|Token)\s+([A-Za-z0-9+/=._-]{12,})`

statement := `(?i)(?:password|identified\s+by)\s+'([^']+)'`

# Settings of servers that stand without a mark between name and value.
directive := `(?i)^\s*(?:requirepass|masterauth|primaryauth|auth_pass|(?:user\s+\S+\s+|machine\s+\S+\s+login\s+\S+\s+)?(?:insecure-)?password|sentinel\s+auth-pass\s+\S+|rocommunity|rwcommunity)\s+["']?([^\s"';]+)["']?\s*;?\s*$`

# unquoted is the value at the end of a line without its quotes, a comment and the mark that ends it.
unquoted(text) := substring(text, 1, index - 1) if {
	some mark in ["\"", "'"]
	startswith(text, mark)
	index := indexof(substring(text, 1, -1), mark) + 1
	index > 0
} else := trim_right(regex.replace(text, `\s+(#|//|;).*$`, ""), ",;")

# encrypted holds for objects that SOPS has encrypted.
encrypted if is_object(input.sops)

# names_object holds for keys like "secret" or "passwordKey" whose value is the name of an object
# or of a key in it.
names_object(key, value) if {
	regex.match(`(?i)(secret|secrets|key|ref|field|property)$`, key)
	not regex.match(`(?i)(api|access|private|signing|encryption|client|app|jwt)[_-]?(key|secret)$`, key)
	regex.match(`^[a-z]([a-z0-9-]*[a-z0-9])?$`, value)
}
