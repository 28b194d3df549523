# Linux capabilities of a container.
package lintel.lib.capability

# normal_name is the name without prefix and in upper case: "cap_chown" becomes "CHOWN".
normal_name(text) := trim_prefix(upper(text), "CAP_")

# dropped are the normal names a container drops.
dropped(container) := {normal_name(text) |
	some text in container.securityContext.capabilities.drop
	is_string(text)
}

# added are the normal names a container adds.
added(container) := {normal_name(text) |
	some text in container.securityContext.capabilities.add
	is_string(text)
}
