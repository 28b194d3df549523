package app.access

roles := ["admin", "dev"

allow if input.role in roles
