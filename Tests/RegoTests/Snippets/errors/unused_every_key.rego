package app.access

p if every k, v in input.ports { v > 1024 }
