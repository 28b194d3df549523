package app.access

labels := {"app" "web"}
