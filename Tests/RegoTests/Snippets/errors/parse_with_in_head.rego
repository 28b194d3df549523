package app.access

p := input.x with input.x as 1
