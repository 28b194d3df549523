package app.access

allow if x == 1
