package app[x]

p := 1
