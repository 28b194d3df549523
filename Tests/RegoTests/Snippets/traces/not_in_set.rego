# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Eval 7, Enter 7, Eval 7, Enter 10, Eval 11, Fail 11, Fail 7, Exit 5, Redo 5, Redo 6, Eval 7, Enter 7, Eval 7, Enter 10, Eval 11, Exit 10, Exit 7, Redo 7, Redo 10, Redo 11, Fail 7, Redo 6, Eval 7, Enter 7, Eval 7, Enter 10, Eval 11, Exit 10, Exit 7, Redo 7, Redo 10, Redo 11, Fail 7, Redo 6, Exit 0, Redo 0
package test

p contains x if {
	some x in input.xs
	not big(x)
}

big(x) if {
	x > 1
}
