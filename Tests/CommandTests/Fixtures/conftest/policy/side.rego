package side

deny contains msg if {
	allowed := parse_config_file("../limits/limits.yaml").limits.replicas
	input.spec.replicas > allowed
	msg := sprintf("more than %d", [allowed])
}
