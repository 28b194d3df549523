# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Enter 9, Eval 10, Enter 13, Eval 14, Exit 13, Exit 9, Exit 5, Exit 0, Redo 0, Redo 5, Redo 6, Redo 10, Redo 14
package test

p if {
	q
}

q if {
	r
}

r if {
	input.n == 1
}
