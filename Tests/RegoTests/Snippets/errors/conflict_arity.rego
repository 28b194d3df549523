package app.access

f(x) := 1

f(x, y) := 2
