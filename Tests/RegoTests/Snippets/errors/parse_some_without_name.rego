package app.access

p if { some 1 }
