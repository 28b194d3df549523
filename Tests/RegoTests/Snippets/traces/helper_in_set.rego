# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Eval 7, Enter 11, Eval 12, Fail 12, Fail 7, Redo 6, Eval 7, Enter 11, Eval 12, Fail 12, Fail 7, Redo 6, Eval 7, Enter 11, Eval 12, Exit 11, Eval 8, Exit 5, Redo 5, Redo 8, Redo 7, Redo 11, Redo 12, Redo 6, Exit 0, Redo 0
package test

p contains msg if {
	some x in input.xs
	big(x)
	msg := sprintf("%d", [x])
}

big(x) if {
	x > 2
}
