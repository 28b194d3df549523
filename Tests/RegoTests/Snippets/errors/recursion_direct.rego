package app.access

p if p
