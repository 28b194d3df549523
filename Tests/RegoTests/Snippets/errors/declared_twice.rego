package app.access

p if {
	x := 1
	x := 2
}
