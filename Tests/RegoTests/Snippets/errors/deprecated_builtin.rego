package app.access

allow if any([input.a, input.b])

bad if re_match("a", input.name)
