package app.access

p := concat(",", [1, 2])
