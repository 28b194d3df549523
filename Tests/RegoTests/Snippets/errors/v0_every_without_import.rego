package app.access

p { every x in [1] { x } }
