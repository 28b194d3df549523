package app.access

p if {
	input := {"x": 1}
	input.x
}
