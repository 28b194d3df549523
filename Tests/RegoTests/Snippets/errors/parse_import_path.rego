package app.access

import foo.bar

p := 1
