package app.access

default allow := input.x
