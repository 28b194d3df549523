# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Enter 10, Eval 11, Exit 10, Eval 7, Exit 5, Exit 0, Redo 0, Redo 5, Redo 7, Redo 6, Redo 11
package test

p if {
	q
	input.m == 2
}

q if {
	input.n == 1
}
