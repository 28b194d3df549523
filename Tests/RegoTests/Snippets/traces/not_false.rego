# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Enter 6, Eval 6, Exit 6, Redo 6, Fail 6, Fail 0
package test

p if {
	not input.n == 1
}
