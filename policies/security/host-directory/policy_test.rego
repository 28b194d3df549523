package lintel.security.host_directory_test

import data.lintel.lib.fixture
import data.lintel.security.host_directory as policy

defaults := {
	"LT-POD-017": {"allowedPaths": [{"pathPrefix": "/srv/shared"}]}, "LT-POD-018": {"paths": ["/etc", "/var/run"], "readOnlyAllowed": false},
	"LT-POD-020": {"sockets": ["/run/docker.sock"]},
}

mounting(path) := fixture.pod({"containers": [{"name": "a"}], "volumes": [{"name": "v", "hostPath": {"path": path}}]})

found(object) := {[item.msg, object.get(item, "severity", "")] | some item in policy.deny with input as object with data.parameters as defaults}

test_reports_a_directory_once if {
	found(mounting("/srv/data")) == {["volume \"v\" mounts \"/srv/data\" of the node (hostPath)", ""]}
	found(mounting("/etc/kubernetes")) == {["volume \"v\" mounts the sensitive path \"/etc/kubernetes\" of the node (hostPath)", "critical"]}
}

test_leaves_out_skipped_policies if {
	every id, path in {"LT-POD-017": "/srv/data", "LT-POD-018": "/etc"} {
		count(policy.deny) == 0 with input as mounting(path) with data.parameters as defaults with data.settings as {"skipped": [id]}
	}
}

test_allows_listed_directories_and_leaves_sockets_to_their_policy if {
	found(mounting("/srv/shared/a")) == set()
	found(mounting("/var/run/docker.sock")) == set()
	found(fixture.pod({"volumes": [{"name": "v", "emptyDir": {}}]})) == set()
}
