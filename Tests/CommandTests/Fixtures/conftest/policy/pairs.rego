package pairs

deny contains msg if {
	some file in input
	file.contents.kind == "Service"
	not served(file.contents.spec.selector.app)
	msg := sprintf("%s: nothing is called %s", [file.path, file.contents.spec.selector.app])
}

served(app) if {
	some file in input
	file.contents.kind == "Deployment"
	file.contents.metadata.name == app
}
