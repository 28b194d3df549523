package app.access

input := {"a": 1}
