# The operators of the table. A reading is what one source says about one flag or field:
# {"name", "state": "given" | "default" | "unset", "value", "values", "path"}.
# check(row, reading, settings) is {"ok", "why"}.
package lintel.cis.operators

import data.lintel.cis.argv

check(row, reading, _) := {"ok": false, "why": sprintf("%s is given (%s)", [reading.name, reading.value])} if {
	row.op == "not_set"
	reading.state != "unset"
}

check(row, reading, settings) := {"ok": unset(row, settings) == "pass", "why": sprintf("%s is not given", [reading.name])} if {
	reading.state == "unset"
}

check(row, reading, settings) := {"ok": holds(row, reading.value, reading.values, settings), "why": sprintf("%s is %s%s", [reading.name, reading.value, origin(reading)])} if {
	reading.state != "unset"
	row.op != "not_set"
}

unset(row, settings) := row.strict_unset if {
	settings.strict
	row.strict_unset
} else := row.unset

origin(reading) := " by default" if reading.state == "default"

origin(reading) := "" if reading.state != "default"

default holds(_, _, _, _) := false

holds(row, value, _, _) if {
	row.op == "bool"
	truth(value) == row.value
}

holds(row, value, _, _) if {
	row.op == "set"
	value != ""
}

holds(row, _, values, _) if {
	row.op == "has"
	some wanted in row.value
	wanted in values
}

holds(row, _, values, _) if {
	row.op == "not_has"
	every unwanted in row.value {
		not unwanted in values
	}
}

holds(row, value, _, _) if {
	row.op == "gte"
	to_number(value) >= row.value
}

holds(row, value, _, _) if {
	row.op == "positive"
	to_number(value) > 0
}

holds(row, value, _, _) if {
	row.op == "zero"
	to_number(value) == 0
}

holds(row, value, _, settings) if {
	row.op == "duration"
	length := nanoseconds(value)
	length >= nanoseconds(settings[row.setting][0])
	length <= nanoseconds(settings[row.setting][1])
}

holds(row, value, _, _) if {
	row.op == "duration_not_zero"
	nanoseconds(value) > 0
}

# Go writes the ChaCha suites with and without the hash suffix.
holds(row, _, values, settings) if {
	row.op == "subset"
	count(values) > 0
	every suite in values {
		plain(suite) in row.value
		acceptable(suite, settings)
	}
}

holds(row, _, values, _) if {
	row.op == "gate_on"
	not switched_off(values, row.value)
}

holds(row, value, _, _) if {
	row.op == "loopback"
	value in {"127.0.0.1", "::1"}
}

plain(suite) := replace(suite, "CHACHA20_POLY1305_SHA256", "CHACHA20_POLY1305") if contains(suite, "_WITH_")

plain(suite) := suite if not contains(suite, "_WITH_")

acceptable(_, settings) if not settings.strict

acceptable(suite, _) if regex.match(`^TLS_(ECDHE_[A-Z]+_WITH_)?(AES_[0-9]+_GCM|CHACHA20_POLY1305)(_SHA[0-9]+)?$`, suite)

# The last word on a feature gate counts.
switched_off(values, gate) if truth(last_gate(values, gate)) == false

last_gate(values, gate) := settings[count(settings) - 1] if {
	settings := [substring(entry, count(gate) + 1, -1) |
		some entry in values
		startswith(entry, sprintf("%s=", [gate]))
	]
	count(settings) > 0
}

# Go's strconv.ParseBool.
truth(value) if value in {"1", "t", "T", "true", "True", "TRUE"}

truth(value) := false if value in {"0", "f", "F", "false", "False", "FALSE"}

# Go's time.ParseDuration; zero needs no unit.
nanoseconds(value) := time.parse_duration_ns(value) if regex.match(`^[+-]?([0-9]+(\.[0-9]*)?(ns|us|µs|ms|s|m|h))+$`, value)

nanoseconds(value) := 0 if regex.match(`^[+-]?0+$`, value)

# split_list(value): the items of a comma list.
split_list(value) := [item |
	some part in split(value, ",")
	item := trim_space(part)
	item != ""
]

# reading_of(name, occurrences): the last occurrence decides a scalar, all together make a list.
# A flag with an empty value says no more than an absent one.
reading_of(name, occurrences) := {"name": name, "state": "given", "value": last.value, "values": values, "path": last.path} if {
	last := occurrences[count(occurrences) - 1]
	values := [item | some entry in occurrences; some item in split_list(entry.value)]
	last.value != ""
}

reading_of(name, occurrences) := reading_unset(name, last.path) if {
	last := occurrences[count(occurrences) - 1]
	last.value == ""
}

# reading_field(name, value, path) reads a field of a configuration file.
reading_field(name, value, path) := {"name": name, "state": "given", "value": concat(",", values), "values": values, "path": path} if {
	is_array(value)
	values := [argv.text(item) | some item in value]
}

reading_field(name, value, path) := {"name": name, "state": "given", "value": concat(",", values), "values": values, "path": path} if {
	is_object(value)
	values := [sprintf("%s=%s", [key, argv.text(item)]) | some key, item in value]
}

reading_field(name, value, path) := {"name": name, "state": "given", "value": text, "values": split_list(text), "path": path} if {
	not is_array(value)
	not is_object(value)
	text := argv.text(value)
}

reading_default(name, value, path) := {"name": name, "state": "default", "value": value, "values": split_list(value), "path": path}

reading_unset(name, path) := {"name": name, "state": "unset", "value": "", "values": [], "path": path}
