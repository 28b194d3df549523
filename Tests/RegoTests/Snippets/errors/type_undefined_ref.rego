package app.access

config := {"limits": {"cpu": 1}}

p := config.limits.memory
