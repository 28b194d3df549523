package app.access

deny contains msg if {
	x := lowercase(input.name)
	y := trim_space(x)
	msg := sprintf("%s %s", [x, y])
}
