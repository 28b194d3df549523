package app.access

p := $"a{}b"
