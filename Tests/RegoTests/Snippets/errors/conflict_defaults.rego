package app.access

default allow := false

default allow := true
