package app.access

p { some x in [1]; x }
