package app.access

deny contains name if input.x
