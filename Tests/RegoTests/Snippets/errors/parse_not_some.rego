package app.access

p if not some x in [1]
