# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Fail 6, Redo 6, Enter 7, Eval 8, Exit 7, Exit 0, Redo 0, Redo 7, Redo 8
package test

p := 1 if {
	input.n > 6
} else := 2 if {
	input.m == 2
} else := 3
