package app.access

p := print("x")
