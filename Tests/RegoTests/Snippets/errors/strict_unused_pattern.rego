package app.access

p if {
	[a, b] := input.pair
	a == 1
}
