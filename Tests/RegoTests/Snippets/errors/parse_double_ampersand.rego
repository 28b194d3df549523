package app.access

allow if input.a && input.b
