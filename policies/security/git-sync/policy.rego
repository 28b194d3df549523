# METADATA
# scope: package
# title: git-sync container is set up dangerously
# description: "git-sync runs what its settings name: a command, a hook or a credential helper taken from them runs in the Pod."
# related_resources:
# - ref: https://github.com/kubernetes/git-sync
# custom:
#   id: LT-POD-055
#   slug: git-sync
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Remove the setting; pass credentials as files and do not run commands from git-sync.
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.security.git_sync

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(c, field, msg), [{"op": "remove", "path": field, "unsafe": true}]) if {
	some c in syncers
	some i, variable in c.env
	variable.name in risky_variables
	variable.value != ""
	field := sprintf("env[%d]", [i])
	msg := sprintf("%s of git-sync sets %s", [resource.describe(c), variable.name])
}

deny contains finding.fixed(finding.at(c, field, msg), [{"op": "remove", "path": field, "unsafe": true} | contains(word, "=")]) if {
	some c in syncers
	some list in ["command", "args"]
	some i, word in c[list]
	flag := split(word, "=")[0]
	trim_left(flag, "-") in risky_flags
	startswith(flag, "-")
	field := sprintf("%s[%d]", [list, i])
	msg := sprintf("%s of git-sync is started with %s", [resource.describe(c), flag])
}

syncers := [c |
	some c in resource.containers
	contains(image.by_reference[c.image].repository, "git-sync")
]

risky_flags := {"exechook-command", "askpass-url", "password", "git", "git-config", "sync-hook-command"}

risky_variables := {
	"GITSYNC_EXECHOOK_COMMAND", "GITSYNC_ASKPASS_URL", "GITSYNC_PASSWORD", "GITSYNC_GIT", "GITSYNC_GIT_CONFIG",
	"GIT_SYNC_EXECHOOK_COMMAND", "GIT_SYNC_HOOK_COMMAND", "GIT_SYNC_PASSWORD", "GIT_SYNC_GIT",
}
