package app.access

allow if input.user == "alice
