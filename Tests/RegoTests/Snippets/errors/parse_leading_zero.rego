package app.access

port := 0123
