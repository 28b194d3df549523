package app.access

# METADATA
# schemas:
#   - input: {anyOf: [{properties: {a: {type: string}}}, {properties: {b: {type: string}}}]}
p if {
	input.a
	input.b
	input.c
}
