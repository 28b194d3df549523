package app.access

p := $"{input.x"
