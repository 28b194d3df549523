package app.access

p[x] := 1 if { x := "a" } else := 2
