package app.access

allow {
	input.admin
}
