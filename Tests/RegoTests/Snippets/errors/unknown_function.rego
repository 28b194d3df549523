package app.access

allow if containz(input.path, "..")
