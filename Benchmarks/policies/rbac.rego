# Role-based access over `data.roles` with 10,000 entries: the user's roles are looked up, then their grants.
package bench

default allow := false

allow if {
	some role in data.users[input.user]
	some grant in data.roles[role].grants
	grant.verb == input.verb
	grant.resource == input.resource
}
