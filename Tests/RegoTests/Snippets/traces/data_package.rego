# input: {"n":1,"m":2,"xs":[1,2,3],"ys":[2,3],"o":{"a":1,"b":2},"s":"abc"}
# OPA: Enter 0, Eval 0, Enter 5, Eval 6, Enter 9, Eval 9, Exit 9, Exit 5, Redo 5, Redo 6, Exit 5, Redo 5, Redo 6, Redo 9, Exit 0, Redo 0
package test

p contains x if {
	some x in data.test.q
}

q := [1, 2]
