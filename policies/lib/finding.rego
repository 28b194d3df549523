# Findings: what a policy's `deny` set holds. `node` must be an object or array taken from
# `input` unchanged, because its place in the file is found by its identity.
package lintel.lib.finding

# at points at a field below node; when the field is absent, at its nearest existing parent.
at(node, field, msg) := {"msg": msg, "node": node, "field": field}

# on points at the node itself.
on(node, msg) := {"msg": msg, "node": node}

# new points at the whole resource.
new(msg) := {"msg": msg}
