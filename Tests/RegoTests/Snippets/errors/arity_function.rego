package app.access

f(x, y) := x + y

p := f(1)
