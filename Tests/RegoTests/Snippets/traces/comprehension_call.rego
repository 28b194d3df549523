# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Enter 7, Eval 7, Eval 8, Enter 13, Eval 14, Fail 14, Fail 8, Redo 7, Eval 8, Enter 13, Eval 14, Exit 13, Exit 7, Redo 7, Redo 8, Redo 13, Redo 14, Redo 7, Eval 8, Enter 13, Eval 14, Exit 13, Exit 7, Redo 7, Redo 8, Redo 13, Redo 14, Redo 7, Eval 10, Exit 5, Exit 0, Redo 0, Redo 5, Redo 10, Redo 6
package test

p := n if {
	xs := [x |
		some x in input.xs
		big(x)
	]
	n := count(xs)
}

big(x) if {
	x > 1
}
