package app.access

user := 'alice'
