package app.access

import data.lib.kube
import rego.v1

p := 1
