package app.access

limit :=

allow if limit > 1
