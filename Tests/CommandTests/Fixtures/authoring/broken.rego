package broken

allow if {
	input.a == x
	inptu.b
}
