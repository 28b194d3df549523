# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Enter 7, Eval 7, Eval 8, Fail 8, Redo 7, Eval 8, Exit 7, Redo 7, Redo 8, Redo 7, Eval 8, Exit 7, Redo 7, Redo 8, Redo 7, Eval 10, Exit 5, Exit 0, Redo 0, Redo 5, Redo 10, Redo 6
package test

p := n if {
	xs := [x |
		some x in input.xs
		x > 1
	]
	n := count(xs)
}
