package app.access

names contains n if {
	some n in items
}
