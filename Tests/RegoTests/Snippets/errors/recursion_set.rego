package app.access

reachable contains x if {
	some y in reachable
	x := input.edges[y][_]
}
