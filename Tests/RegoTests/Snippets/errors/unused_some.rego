package app.access

p if {
	some x, y
	input.list[x]
}
