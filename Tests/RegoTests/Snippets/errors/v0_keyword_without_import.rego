package app.access

allow if input.x
