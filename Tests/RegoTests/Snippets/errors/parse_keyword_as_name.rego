package app.access

every := 1
