package registries

import data.allowed

warn contains msg if {
	some container in input.spec.template.spec.containers
	not from_allowed(container.image)
	msg := sprintf("image %q comes from none of %s", [container.image, concat(", ", allowed.registries)])
}

from_allowed(image) if {
	some registry in allowed.registries
	startswith(image, concat("", [registry, "/"]))
}
