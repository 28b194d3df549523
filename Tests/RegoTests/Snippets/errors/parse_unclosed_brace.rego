package app.access

allow if {
	input.admin
