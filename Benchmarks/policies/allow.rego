# Trivial allow: one comparison, the floor every evaluation pays.
package bench

default allow := false

allow if input.user == "admin"
