package app.access

p := [x := 1]
