package app.access

allow if

deny if input.x
