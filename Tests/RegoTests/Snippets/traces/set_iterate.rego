# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Enter 10, Eval 11, Exit 10, Redo 10, Redo 11, Exit 10, Redo 10, Redo 11, Eval 7, Fail 7, Redo 6, Eval 7, Exit 5, Redo 5, Redo 7, Redo 6, Exit 0, Redo 0
package test

p contains y if {
	some y in q
	y != "a"
}

q contains x if {
	some x in ["a", "b"]
}
