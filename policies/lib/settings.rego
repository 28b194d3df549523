# Settings of the run: the Kubernetes version aimed at and the Pod Security Standards version.
package lintel.lib.settings

# latest stands for "newer than every numbered release".
latest := 999999

# kubernetes is the target version as one comparable number, see `number`; the latest without settings.
kubernetes := number(data.settings.kubernetes_version) if {
	data.settings.kubernetes_version
} else := latest

# pod_security is the Pod Security Standards version as one comparable number.
pod_security := number(data.settings.pod_security_version) if {
	data.settings.pod_security_version
} else := latest

# number turns "1.31", "v1.31" or "v1.31.4" into 1031 and anything else, "latest" too, into `latest`.
number(text) := (to_number(parts[0]) * 1000) + to_number(parts[1]) if {
	parts := split(trim_prefix(text, "v"), ".")
	count(parts) >= 2
	regex.match(`^v?[0-9]{1,3}\.[0-9]{1,3}(\.|$)`, text)
} else := latest

# skips holds for the id of a policy that is skipped although another one holds it.
skips(id) if id in data.settings.skipped
