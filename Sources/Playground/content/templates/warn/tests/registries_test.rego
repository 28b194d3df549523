package registries_test

import data.registries

pod(image) := {"spec": {"template": {"spec": {"containers": [{"name": "c", "image": image}]}}}}

test_known_registry if {
	count(registries.warn) == 0 with input as pod("registry.example/web:1")
		with data.allowed as {"registries": ["registry.example"]}
}

test_unknown_registry if {
	count(registries.warn) == 1 with input as pod("docker.io/web:1")
		with data.allowed as {"registries": ["registry.example"]}
}

# The name of a registry must be the whole first part.
test_similar_name if {
	count(registries.warn) == 1 with input as pod("registry.example.evil/web:1")
		with data.allowed as {"registries": ["registry.example"]}
}
