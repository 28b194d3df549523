package app.access

import rego.v1
import data.a.lib
import data.b.lib

p := lib.x
