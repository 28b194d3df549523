package app.access

name := "web"

p := name.first
