package app.access

is_admin(user) if user.role == "admin"

allow if is_admim(input.user)
