package app.access

pattern := `^a
