# Chapters 1.1 and 4.1: modes and owners of files, from node facts only.
package lintel.cis.v1_8

import data.lintel.cis.argv
import data.lintel.cis.settings
import data.lintel.cis.sources
import data.lintel.cis.table

# file_facts(n, row): what a node says about the files a row is about.
file_facts(n, row) := [{"file": file, "path": ["node_facts", n, "files", f]} |
	some f, file in object.get(sources.node_facts[n], "files", [])
	concerns(n, row, file)
]

concerns(n, row, file) if file.path in paths_of(n, row)

concerns(_, row, file) if {
	some directory in row.under
	startswith(file.path, sprintf("%s/", [directory]))
	endswith(file.path, object.get(row, "suffix", ""))
	wanted_type(row, file)
}

# A directory needs its search bits, so a mode made for files says nothing about it.
wanted_type(row, file) if {
	row.op == "mode"
	object.get(file, "type", "file") != "directory"
}

wanted_type(row, _) if row.op == "owner"

# paths_of(n, row): the places a node keeps the file at: what its process says, else the usual ones.
paths_of(n, row) := moved(n, row) if {
	count(moved(n, row)) > 0
} else := {place | some place in row.paths}

moved(n, row) := {place |
	some process in object.get(sources.node_facts[n], "processes", [])
	process.name == row.flag.process
	entries := argv.flags(argv.items(process.args, []))[row.flag.name]
	place := entries[count(entries) - 1].value
} | {place |
	row.field
	some config in object.get(sources.node_facts[n], "configs", [])
	config.content.kind == "KubeletConfiguration"
	place := object.get(config.content, row.field, "")
	place != ""
}

outcomes[row.id] contains outcome if {
	some row in table.files
	some n, _ in sources.node_facts
	some fact in file_facts(n, row)
	outcome := file_outcome(n, row, fact)
}

file_outcome(n, row, fact) := {"verdict": "not-applicable", "path": fact.path, "msg": sprintf("%s: %s does not exist", [host(n), fact.file.path])} if {
	fact.file.exists == false
} else := {"verdict": "unknown", "path": fact.path, "msg": sprintf("%s: %s could not be read: %s", [host(n), fact.file.path, fact.file.error])} if {
	fact.file.error
} else := mode_outcome(n, row, fact) if {
	row.op == "mode"
} else := {"verdict": verdict(owner_of(fact.file) in owners(row)), "path": fact.path, "msg": sprintf("%s: %s belongs to %s", [host(n), fact.file.path, owner_of(fact.file)])}

mode_outcome(n, row, fact) := {"verdict": verdict(within(fact.file.mode, limit(row))), "path": fact.path, "msg": sprintf("%s: %s has mode %s (at most %s)", [host(n), fact.file.path, fact.file.mode, limit(row)])} if {
	is_string(fact.file.mode)
}

mode_outcome(n, _, fact) := {"verdict": "unknown", "path": fact.path, "msg": sprintf("%s: the facts give no mode for %s", [host(n), fact.file.path])} if {
	not is_string(object.get(fact.file, "mode", null))
}

limit(row) := settings.all[row.setting] if row.setting

limit(row) := row.value if not row.setting

owners(row) := {owner | some owner in settings.all[row.setting]} if row.setting

owners(row) := {"root:root"} if not row.setting

# within(mode, limit): no bit beyond the limit.
within(mode, limit) := bits.and(octal(mode), bits.xor(octal(limit), 4095)) == 0

octal(text) := sum([part |
	digits := regex.find_n(`[0-7]`, text, -1)
	some i, digit in digits
	part := to_number(digit) * bits.lsh(1, 3 * ((count(digits) - 1) - i))
])

owner_of(file) := sprintf("%s:%s", [account(file, "owner", "uid"), account(file, "group", "gid")])

# The number 0 is root whatever the account is called; other accounts go by name.
account(file, _, number) := "root" if file[number] == 0

account(file, name, number) := object.get(file, name, sprintf("%v", [object.get(file, number, "?")])) if {
	object.get(file, number, -1) != 0
}

host(n) := object.get(sources.node_facts[n], "hostname", sprintf("node %d", [n]))

# What a node could not show: a path nobody looked at, or a directory that could not be listed.
outcomes[row.id] contains outcome if {
	some row in table.files
	some n, _ in sources.node_facts
	count(file_facts(n, row)) == 0
	outcome := unseen(n, row)
}

unseen(n, row) := {"verdict": "not-applicable", "path": ["node_facts", n], "msg": sprintf("%s: no such file under %s", [host(n), concat(", ", row.under)])} if {
	every directory in row.under {
		listed(n, directory)
	}
} else := {"verdict": "silent", "path": ["node_facts", n], "msg": sprintf("%s: the node facts say nothing about %s", [host(n), concat(", ", array.concat([place | some place in row.paths], object.get(row, "under", [])))])}

listed(n, directory) if {
	some file in object.get(sources.node_facts[n], "files", [])
	file.path == directory
	not file.error
	not hidden(n, directory)
}

hidden(n, directory) if {
	some item in object.get(sources.node_facts[n], "unreadable", [])
	unreadable_path(item) == directory
}

hidden(n, directory) if {
	some item in object.get(sources.node_facts[n], "unreadable", [])
	startswith(unreadable_path(item), sprintf("%s/", [directory]))
}

unreadable_path(item) := item if is_string(item)

unreadable_path(item) := item.path if is_object(item)

# Some files were seen and others could not be: no clean verdict from the ones that were.
outcomes[row.id] contains outcome if {
	some row in table.files
	some n, _ in sources.node_facts
	count(file_facts(n, row)) > 0
	some directory in row.under
	hidden(n, directory)
	outcome := {"verdict": "unknown", "path": ["node_facts", n], "msg": sprintf("%s: %s could not be read completely", [host(n), directory])}
}
