package app.access

path := "C:\dir"
