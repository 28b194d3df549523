package app.access

p if walk(input) with walk as {1}
