package app.access

fake(a, b) := 1

p if count([1]) with count as fake
