package app.access

import data.lib
import input.request as req

f(x, y) := x

p if {
	z := input.a
	w := 1
	w == 1
}
