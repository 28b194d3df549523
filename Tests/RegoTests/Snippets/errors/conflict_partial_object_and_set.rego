package app.access

p[x] := 1 if some x in ["a"]

p contains 2
