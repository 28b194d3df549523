# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 7, Eval 8, Fail 8, Redo 8, Enter 5, Eval 5, Exit 5, Exit 0, Redo 0, Redo 5
package test

default p := false

p if {
	input.n > 6
}
