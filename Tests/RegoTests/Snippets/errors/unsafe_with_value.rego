package app.access

p if input.a with input.a as value
