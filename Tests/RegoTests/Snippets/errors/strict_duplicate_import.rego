package app.access

import data.lib
import data.lib

p := lib.x
