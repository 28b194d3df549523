package app.access

deny contains "a" if input.a else := "b"
