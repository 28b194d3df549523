package app.access

import data.lib.kube

allow if kube.is_pod(input)
