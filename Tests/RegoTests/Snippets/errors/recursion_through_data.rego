package app.access

p if data.app.access[x]
