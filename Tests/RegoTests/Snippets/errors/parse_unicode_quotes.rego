package app.access

p := “a”
