package app.access

a := [1, 2

b := 1 + 

c if { 3 3 }
