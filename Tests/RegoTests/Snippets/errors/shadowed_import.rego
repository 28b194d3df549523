package app.access

import data.a.lib
import data.b.lib

p := lib.x
