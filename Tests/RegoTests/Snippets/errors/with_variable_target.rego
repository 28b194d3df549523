package app.access

p if true with input[x] as 1
