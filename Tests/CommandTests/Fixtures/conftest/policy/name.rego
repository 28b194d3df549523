package name

warn contains msg if {
	not startswith(data.conftest.file.name, lower(input.kind))
	msg := sprintf("%s holds a %s", [data.conftest.file.name, input.kind])
}
