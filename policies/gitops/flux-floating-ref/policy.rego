# METADATA
# scope: package
# title: Flux follows a moving revision
# description: What is deployed changes without a change in this repository, so nobody can review or roll back to it.
# related_resources:
# - ref: https://fluxcd.io/flux/components/source/gitrepositories/#reference
# custom:
#   id: LT-FLUX-003
#   slug: flux-floating-ref
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: source.toolkit.fluxcd.io, kinds: [GitRepository, OCIRepository, HelmChart]}
#   - {group: helm.toolkit.fluxcd.io, kinds: [HelmRelease]}
#   profiles: [recommended]
#   parameters:
#     productionMark: {type: string, default: prod}
#   remediation: Pin a tag, commit, digest or exact chart version.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     mitre-attack: ["T1204.003"]
#     soc2-2017: ["CC8.1"]
package lintel.gitops.flux_floating_ref

import data.lintel.lib.finding
import data.lintel.lib.flux
import data.lintel.lib.resource

deny contains finding.at(input, "spec.ref", msg) if {
	input.kind in {"GitRepository", "OCIRepository"}
	not names_revision
	msg := sprintf("%s names no revision and follows the default one", [flux.described])
}

deny contains finding.at(input, "spec.ref.branch", msg) if {
	input.kind == "GitRepository"
	input.spec.ref.branch != ""
	not pinned(input.spec.ref)
	some name in [resource.name, resource.namespace]
	contains(name, data.parameters["LT-FLUX-003"].productionMark)
	msg := sprintf("%s deploys branch %s to production", [flux.described, input.spec.ref.branch])
}

deny contains finding.at(input, "spec.ref.semver", msg) if {
	input.kind in {"GitRepository", "OCIRepository"}
	open_range(input.spec.ref.semver)
	msg := sprintf("%s takes any version (%s)", [flux.described, input.spec.ref.semver])
}

deny contains finding.at(input, "spec.ref.tag", msg) if {
	input.kind == "OCIRepository"
	input.spec.ref.tag == "latest"
	object.get(input.spec.ref, "digest", "") == ""
	msg := sprintf("%s follows the tag latest", [flux.described])
}

deny contains finding.at(holder, "version", msg) if {
	some holder in charts
	open_range(version_of(holder))
	msg := sprintf("%s takes any version of chart %v", [flux.described, holder.chart])
}

names_revision if count(input.spec.ref) > 0

version_of(holder) := holder.version if {
	holder.version != null
} else := "*"

pinned(ref) if {
	some field in ["commit", "name", "semver", "tag"]
	ref[field] != ""
}

open_range(range) if range in {"*", "", "x", "X"}

open_range(range) if regex.match(`^>=?\s*[0-9]+(\.[0-9x*]+)*(-[0-9a-z.]+)?$`, range)

charts := [input.spec] if {
	input.kind == "HelmChart"
	versioned(input.spec)
} else := [input.spec.chart.spec] if {
	versioned(input.spec.chart.spec)
}

# The version of a chart in Git or a bucket is that of its source.
versioned(spec) if object.get(spec, ["sourceRef", "kind"], "HelmRepository") == "HelmRepository"
