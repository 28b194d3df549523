package app.access

deny contains msg if {
	input.kind == "Pod"
	not input.spec.owner
	msg := sprintf("%s has no owner", [name])
}
