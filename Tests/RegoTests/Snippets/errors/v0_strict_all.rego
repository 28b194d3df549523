package app.access

import data.a.lib
import data.b.lib

input = 1 { false }

p { any([lib]) }

q { x := 1 }
