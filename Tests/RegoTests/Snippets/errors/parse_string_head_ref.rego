package app.access

p := "abc"[0]
