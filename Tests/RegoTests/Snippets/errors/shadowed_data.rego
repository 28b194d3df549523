package app.access

data if true
