package app.access

settings := {"a": 1}

settings.b.c := 2
