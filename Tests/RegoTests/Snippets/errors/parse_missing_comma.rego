package app.access

roles := ["admin" "dev"]
