# METADATA
# title: Replicas
package app

import rego.v1

default allow := false

allow if {
	input.replicas >= limit
	not input.paused
}

limit := 2

messages contains msg if {
	some name in input.names
	startswith(name, "bad")
	msg := sprintf("%s is bad", [name])
}
