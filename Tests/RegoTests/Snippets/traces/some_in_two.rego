# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Eval 7, Fail 7, Redo 6, Eval 7, Exit 5, Exit 0, Redo 0, Redo 5, Redo 7, Redo 6
package test

p if {
	some x in input.xs
	x == 2
}
