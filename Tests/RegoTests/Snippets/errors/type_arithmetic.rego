package app.access

p := 1 + "2"
