package app.access

p if {
		input.x == y
}
