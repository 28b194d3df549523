# Names of the objects that share something, told in a bounded message.
package lintel.lib.partners

# most is how many are named.
most := 5

# of prepares a set of names; no rule about one object then looks at all of them.
of(names) := {"names": names, "list": [name | some name in names]}

# without lists the first partners but one, and says how many more there are; undefined when there is no other.
without(partners, own) := told(first, total) if {
	first := array.slice([name | some name in array.slice(partners.list, 0, most + 1); name != own], 0, most)
	total := count(partners.list) - count([1 | own in partners.names])
	total > 0
}

# all lists the first of some names, and says how many more there are.
all(names) := told(array.slice(names, 0, most), count(names))

told(first, total) := concat(", ", first) if {
	total == count(first)
} else := sprintf("%s and %d more", [concat(", ", first), total - count(first)])
