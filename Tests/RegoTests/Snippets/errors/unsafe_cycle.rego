package app.access

p if {
	x = y
	y = x
}
