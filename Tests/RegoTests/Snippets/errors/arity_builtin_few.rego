package app.access

p := replace("a", "b")
