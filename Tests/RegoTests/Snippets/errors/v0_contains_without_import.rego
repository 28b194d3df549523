package app.access

deny contains "x"
