package app.access

p if {
	count(x) > 1
	x := input.list
}
