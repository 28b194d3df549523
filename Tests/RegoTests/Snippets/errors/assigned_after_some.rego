package app.access

p if {
	some x
	x := 1
}
