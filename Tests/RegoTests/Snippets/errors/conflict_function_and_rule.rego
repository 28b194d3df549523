package app.access

f(x) := 1

f := 2
