package app.access

p := upper(7)
