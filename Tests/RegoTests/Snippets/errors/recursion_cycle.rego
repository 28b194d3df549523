package app.access

allow if is_admin

is_admin if has_role("admin")

has_role(r) if {
	r in roles
	allow
}

roles := input.roles
