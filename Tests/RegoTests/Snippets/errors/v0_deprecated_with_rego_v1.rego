package app.access

import rego.v1

p if any([true])
