package image_test

import data.image

test_tag[name] if {
	some name, row in {
		"tag": {"image": "web:1.2", "want": "1.2"},
		"none": {"image": "web", "want": "latest"},
		"port is no tag": {"image": "registry.example:5000/web", "want": "latest"},
		"port and tag": {"image": "registry.example:5000/web:7", "want": "7"},
	}
	image.tag(row.image) == row.want
}

test_digest_has_no_tag if not image.tag("web@sha256:0123")

test_latest_is_denied if {
	image.deny == {`container "web" has no fixed version`} with input as {"spec": {"containers": [{
		"name": "web",
		"image": "web:latest",
	}]}}
}
