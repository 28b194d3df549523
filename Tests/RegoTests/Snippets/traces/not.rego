# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Enter 6, Eval 6, Fail 6, Exit 5, Exit 0, Redo 0, Redo 5
package test

p if {
	not input.missing
}
