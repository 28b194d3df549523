package app.access

deny contains $"{input.names[i]} is bad" if input.bad
