package app.access

p if input.x with request as 1
