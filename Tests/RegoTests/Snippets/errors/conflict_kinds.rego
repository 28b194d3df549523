package app.access

deny contains "x"

deny := 1
