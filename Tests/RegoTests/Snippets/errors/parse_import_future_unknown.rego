package app.access

import future.keywords.unless

p := 1
