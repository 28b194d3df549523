# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Enter 9, Eval 10, Fail 10, Redo 10, Fail 6, Fail 0
package test

p if {
	q
}

q if {
	input.n > 6
}
