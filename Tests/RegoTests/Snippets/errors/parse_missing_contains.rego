package app.access

deny[message] {
	message := "no"
}
