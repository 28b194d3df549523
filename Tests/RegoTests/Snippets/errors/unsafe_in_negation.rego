package app.access

deny if not input.roles[_] == role
