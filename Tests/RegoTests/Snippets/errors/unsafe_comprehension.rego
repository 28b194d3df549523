package app.access

names := [n | input.items[_]]
