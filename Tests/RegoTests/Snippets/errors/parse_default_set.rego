package app.access

default deny contains "x"
