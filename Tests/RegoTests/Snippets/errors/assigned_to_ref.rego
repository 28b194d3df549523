package app.access

p if input.x := 2
