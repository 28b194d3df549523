package app.access

f([x, y]) := x

p := f([1])
