package team.shop

deny contains "shops listen on 8080" if {
	some port in input.spec.ports
	port.port != 8080
}
