package app.access

allow if _ == 1
