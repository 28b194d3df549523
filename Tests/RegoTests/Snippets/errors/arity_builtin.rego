package app.access

p := count([1], [2], [3])
