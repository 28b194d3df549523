package lintel.security.flexvolume_test

import data.lintel.lib.fixture
import data.lintel.security.flexvolume as policy

parameters := {"LT-POD-047": {"allowedDrivers": []}}

test_reports_a_pod if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"volumes": [{"name": "d", "flexVolume": {"driver": "acme/nas"}}]}) with data.parameters as parameters
	messages == {`volume "d" uses the FlexVolume driver "acme/nas"`}
}

test_reports_a_template if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}], "volumes": [{"name": "d", "flexVolume": {}}]}) with data.parameters as parameters
	messages == {`volume "d" uses the FlexVolume driver ""`}
}

test_accepts_none if {
	count(policy.deny) == 0 with input as fixture.pod({"volumes": [{"name": "d", "csi": {}}]}) with data.parameters as parameters
}

test_accepts_allowed if {
	count(policy.deny) == 0 with input as fixture.deployment({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}], "volumes": [{"name": "d", "flexVolume": {"driver": "acme/nas"}}]}) with data.parameters as {"LT-POD-047": {"allowedDrivers": ["acme/nas"]}}
}
