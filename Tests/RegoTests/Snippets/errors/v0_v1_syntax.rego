package app.access

import rego.v1

allow { input.x }

deny[x] { x := 1 }
