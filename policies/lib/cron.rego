# Schedules of five fields.
package lintel.lib.cron

# valid holds for a schedule as Kubernetes and Argo CD read it, macros included.
valid(schedule) if schedule in {"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"}

valid(schedule) if regex.match(`^@every ([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h))+$`, schedule)

valid(schedule) if {
	parts := parts_of(schedule)
	count(parts) == 5
	every index, part in parts { fits(fields[index], lower(part)) }
}

# parts_of splits a schedule at its blanks.
parts_of(schedule) := regex.split(`\s+`, trim_space(schedule))

fields := [
	{"low": 0, "high": 59, "names": []},
	{"low": 0, "high": 23, "names": []},
	{"low": 1, "high": 31, "names": []},
	{"low": 1, "high": 12, "names": ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]},
	{"low": 0, "high": 7, "names": ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]},
]

fits(field, text) if {
	every item in split(text, ",") { fits_item(field, item) }
}

fits_item(field, item) if {
	pieces := split(item, "/")
	count(pieces) <= 2
	every step in array.slice(pieces, 1, 2) { regex.match(`^[1-9][0-9]?$`, step) }
	fits_range(field, pieces[0])
}

fits_range(_, text) if text in {"*", "?"}

fits_range(field, text) if {
	ends := [number_of(field, piece) | some piece in split(text, "-")]
	count(ends) == count(split(text, "-"))
	count(ends) <= 2
	ends[0] <= ends[count(ends) - 1]
	every value in ends {
		value >= field.low
		value <= field.high
	}
}

number_of(_, text) := to_number(text) if regex.match(`^[0-9]{1,2}$`, text)

number_of(field, text) := index + field.low if {
	some index, name in field.names
	name == text
}
