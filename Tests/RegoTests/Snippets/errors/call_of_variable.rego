package app.access

p if {
	f := 1
	f(2)
}
