package app.access

p if not every x in [1] { x }
