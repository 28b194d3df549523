package app.access

import data.lib

a := undefined_one

b := missing_function(1)

c := upper(3)

d if {
	x := 1
	x := 2
}

e if e

f := count([1], 2, 3)
