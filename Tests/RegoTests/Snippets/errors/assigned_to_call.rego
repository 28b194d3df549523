package app.access

p if f(x) := 1
