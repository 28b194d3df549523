package app.access

total := 1 +
