# Every node of a large document is visited; paths that end in an insecure setting are reported.
package bench

insecure contains concat(".", [sprintf("%v", [step]) | some step in path]) if {
	walk(input, [path, value])
	path[count(path) - 1] == "insecureSkipVerify"
	value == true
}
