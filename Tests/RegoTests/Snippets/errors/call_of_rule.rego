package app.access

limit := 3

p := limit(1, 2)
