package app.access

double(x) := x * 2

p := double("a")
