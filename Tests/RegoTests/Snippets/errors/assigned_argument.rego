package app.access

f(x) := y if {
	x := 2
	y := x
}
