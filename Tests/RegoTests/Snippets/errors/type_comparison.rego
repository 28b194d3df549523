package app.access

p if count(input.items) == "3"
