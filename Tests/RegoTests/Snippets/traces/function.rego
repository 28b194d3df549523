# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Enter 9, Eval 10, Exit 9, Exit 5, Exit 0, Redo 0, Redo 5, Redo 6, Redo 10
package test

p if {
	f(input.n)
}

f(x) if {
	x == 1
}
