# Findings: what a policy's `deny` set holds. `node` must be an object or array taken from
# `input` unchanged, because its place in the file is found by its identity.
package lintel.lib.finding

# at points at a field below node; when the field is absent, at its nearest existing parent.
at(node, field, msg) := {"msg": msg, "node": node, "field": field}

# on points at the node itself.
on(node, msg) := {"msg": msg, "node": node}

# fixed says how a finding is remedied: operations of JSON Patch whose paths begin at its node.
fixed(found, operations) := object.union(found, {"fix": operations})

# secret points at a credential in a text: the field below node and the line in it, from 0. The value is
# never shown; it serves to find the place and to mask it in source lines.
secret(node, field, find, msg) := {"msg": msg, "node": node, "field": field, "line": find.line, "secret": find.value}

# hidden points at a field whose value is never shown.
hidden(node, field, msg) := {"msg": msg, "node": node, "field": field, "line": 0, "secret": ""}

# reference points at a reference to what the input does not hold, as lib.world judges it.
reference(node, field, msg, verdict) := {"msg": concat("", [msg, verdict.hint]), "node": node, "field": field} if {
	verdict.sure
} else := {"msg": concat("", [msg, verdict.hint]), "node": node, "field": field, "severity": "info"}

# new points at the whole resource.
new(msg) := {"msg": msg}
