package app.access

import future.keywords

p := $"{input.a or input.b}"
