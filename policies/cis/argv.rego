# Reads command lines the way the components' flag parsers do. An item is {"text", "path"}: its text and
# where it stands in the input; a result maps each flag name to its occurrences in order.
package lintel.cis.argv

# flags(items): `--name=value`, `--name value`, `--name`, one or two dashes, `_` for `-`.
flags(items) := by_name([occurrence(words, i) |
	words := before_terminator(items)
	some i, word in words
	is_flag(word.text)
])

# assignments(items): the `name=value` lists of RKE2 and K3s configuration files.
assignments(items) := by_name([entry |
	some item in items
	bare := trim_left(item.text, "-")
	entry := named(bare, item.path)
])

# items(list, path) turns an argument list of the input into items.
items(list, path) := [{"text": text(word), "path": array.concat(path, [i])} |
	some i, word in list
]

# text(value): the word a YAML scalar stands for.
text(value) := value if is_string(value)

text(value) := sprintf("%v", [value]) if not is_string(value)

normal(name) := replace(trim_left(name, "-"), "_", "-")

by_name(entries) := {name: found |
	some entry in entries
	name := entry.name
	found := [other | some other in entries; other.name == name]
}

is_flag(word) if regex.match(`^--?[A-Za-z]`, word)

before_terminator(words) := array.slice(words, 0, end) if {
	end := min([i | some i, word in words; word.text == "--"])
}

before_terminator(words) := words if {
	not "--" in {word.text | some word in words}
}

occurrence(words, i) := named(words[i].text, words[i].path) if contains(words[i].text, "=")

occurrence(words, i) := {"name": normal(words[i].text), "value": words[i + 1].text, "path": words[i + 1].path} if {
	not contains(words[i].text, "=")
	takes(normal(words[i].text), words[i + 1].text)
}

occurrence(words, i) := {"name": normal(words[i].text), "value": "true", "path": words[i].path} if {
	not contains(words[i].text, "=")
	not takes_next(words, i)
}

takes_next(words, i) if takes(normal(words[i].text), words[i + 1].text)

named(word, path) := {"name": normal(substring(word, 0, at)), "value": substring(word, at + 1, -1), "path": path} if {
	at := indexof(word, "=")
	at >= 0
}

named(word, path) := {"name": normal(word), "value": "true", "path": path} if not contains(word, "=")

# A flag takes the next word unless that is a flag itself; a switch takes only a truth value.
takes(name, next) if {
	not is_flag(next)
	not name in switches
}

takes(name, next) if {
	name in switches
	lower(next) in {"true", "false", "t", "f", "1", "0"}
}

switches := {
	"allow-privileged", "anonymous-auth", "authentication-token-webhook", "auto-tls", "client-cert-auth",
	"contention-profiling", "enable-bootstrap-token-auth", "leader-elect", "make-iptables-util-chains",
	"peer-auto-tls", "peer-client-cert-auth", "profiling", "protect-kernel-defaults", "rotate-certificates",
	"rotate-server-certificates", "service-account-lookup", "use-service-account-credentials",
}
