# Addresses of repositories and receivers.
package lintel.lib.urls

# in_cluster holds for hosts that are only reachable inside the cluster or the Pod.
in_cluster(host) if host in {"localhost", "127.0.0.1", "[::1]"}

in_cluster(host) if endswith(host, ".svc")

in_cluster(host) if endswith(host, ".svc.cluster.local")

# host is the host name of an address, without user and port.
host(address) := regex.find_all_string_submatch_n(`^[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/@]*@)?([^/:?#]+)`, address, 1)[0][1]

# insecure holds for addresses whose protocol neither encrypts nor authenticates.
insecure(address) if {
	some scheme in ["http://", "git://", "ftp://"]
	startswith(lower(address), scheme)
	not in_cluster(host(address))
}
