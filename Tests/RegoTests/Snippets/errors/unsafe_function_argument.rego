package app.access

f(x) := x + y
